import type { Pooled } from './regularization-protocol.ts';

/** Every other region is tinted, as on a chessboard; what neighbours share is tinted over both. */
const TINT = 'rgb(59 130 214 / 0.3)';
const SHARED = 'rgb(224 130 20 / 0.25)';
const EDGE = 'rgb(255 255 255 / 0.4)';
const DOT = '#ffd166';
const OUTLINE = '#111820';

/** Of the regions of an axis: where each begins, ends, and where the next one begins, in CSS pixels. */
interface Extent {
  readonly begin: number;
  readonly end: number;
  readonly next: number;
}

const extentsOf = (regions: Pooled['rows'], cell: number): readonly Extent[] =>
  regions.map(({ begin, end }, i) => ({ begin: begin * cell, end: end * cell, next: (regions[i + 1]?.begin ?? end) * cell }));

/**
 * Draws regions and, of each, the place of the largest value over a picture that fills `side` CSS pixels. All of a kind is one path: a
 * canvas takes its time for each call.
 */
export function drawRegions(context: CanvasRenderingContext2D, { image, rows, columns, places, values }: Pooled, side: number): void {
  const cell = side / image.width;
  const [down, across] = [extentsOf(rows, cell), extentsOf(columns, cell)];
  context.fillStyle = TINT;
  context.beginPath();
  for (const [i, { begin: top, next: bottom }] of down.entries())
    for (const [j, { begin: left, next: right }] of across.entries())
      if ((i + j) % 2 === 0) context.rect(left, top, right - left, bottom - top);
  context.fill();

  context.fillStyle = SHARED;
  context.beginPath();
  for (const { end, next } of down) if (end > next) context.rect(0, next, side, end - next);
  for (const { end, next } of across) if (end > next) context.rect(next, 0, end - next, side);
  context.fill();

  context.strokeStyle = EDGE;
  context.lineWidth = 1;
  context.beginPath();
  for (const { begin } of down) line(context, [0, begin], [side, begin]);
  for (const { begin } of across) line(context, [begin, 0], [begin, side]);
  context.stroke();

  context.fillStyle = DOT;
  context.strokeStyle = OUTLINE;
  const radius = Math.max(1.5, cell / 5);
  context.beginPath();
  for (const [i, place] of places.entries()) {
    if (values[i] === 0) continue; // all of the region is the same
    const [x, y] = [((place % image.width) + 0.5) * cell, (Math.floor(place / image.width) + 0.5) * cell];
    context.moveTo(x + radius, y);
    context.arc(x, y, radius, 0, 2 * Math.PI);
  }
  context.fill();
  context.stroke();
}

type Point = readonly [x: number, y: number];

function line(context: CanvasRenderingContext2D, from: Point, to: Point): void {
  context.moveTo(...from);
  context.lineTo(...to);
}

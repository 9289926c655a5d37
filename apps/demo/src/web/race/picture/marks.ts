import type { Arrow } from '../race-state.ts';
import type { Palette } from './palette.ts';
import type { Place } from './projection.ts';

const SIZE = 5.5;
const TURN = 2 * Math.PI;

/** A regular shape around the origin: a list of corners, none for a circle. */
const SHAPES: readonly (readonly Place[])[] = [
  [],
  corners(4, 1 / 8),
  corners(3, 0),
  corners(4, 0),
  corners(3, 1 / 2),
  corners(5, 0),
  corners(6, 0),
  corners(3, 1 / 4),
];

function corners(count: number, turned: number): readonly Place[] {
  return Array.from({ length: count }, (_, i) => {
    const angle = TURN * (i / count + turned) - TURN / 4;
    return [SIZE * 1.25 * Math.cos(angle), SIZE * 1.25 * Math.sin(angle)] as const;
  });
}

export interface Mark {
  readonly place: Place;
  readonly index: number;
  readonly colour: string;
  readonly palette: Pick<Palette, 'paper'>;
}

/** Where a racer is: a shape of its own, for those who do not tell colours apart. */
export function drawMark(context: CanvasRenderingContext2D, { place: [left, top], index, colour, palette }: Mark): void {
  const shape = SHAPES[index % SHAPES.length] ?? [];
  context.beginPath();
  if (shape.length === 0) context.arc(left, top, SIZE, 0, TURN);
  else for (const [i, [x, y]] of shape.entries()) context[i === 0 ? 'moveTo' : 'lineTo'](left + x, top + y);
  context.closePath();
  context.lineWidth = 3;
  context.strokeStyle = palette.paper;
  context.stroke();
  context.fillStyle = colour;
  context.fill();
}

export interface ArrowMark {
  readonly from: Place;
  readonly to: Place;
  readonly kind: Arrow;
  readonly colour: string;
  readonly palette: Palette;
}

const DASHES: Readonly<Record<Arrow, readonly number[]>> = { gradient: [2, 4], velocity: [8, 4], step: [] };
const LONGEST = 140; // px: a longer arrow is cut, and its head left away
const HEAD = 8;

/** An arrow: dotted for the gradient, dashed for the velocity, whole for the step. */
export function drawArrow(context: CanvasRenderingContext2D, { from, to, kind, colour, palette }: ArrowMark): void {
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  const length = Math.hypot(dx, dy);
  if (length < 1) return;
  const cut = Math.min(1, LONGEST / length);
  const tip: Place = [from[0] + dx * cut, from[1] + dy * cut];
  const line = (width: number, stroke: string): void => {
    context.beginPath();
    context.moveTo(...from);
    context.lineTo(...tip);
    context.lineWidth = width;
    context.strokeStyle = stroke;
    context.stroke();
  };
  context.setLineDash([]);
  line(5, palette.paper);
  context.setLineDash([...DASHES[kind]]);
  line(2.5, kind === 'step' ? palette.ink : colour);
  context.setLineDash([]);
  if (cut < 1) return;
  const angle = Math.atan2(dy, dx);
  context.beginPath();
  context.moveTo(...tip);
  for (const side of [-0.45, 0.45]) context.lineTo(tip[0] - HEAD * Math.cos(angle + side), tip[1] - HEAD * Math.sin(angle + side));
  context.closePath();
  context.fillStyle = kind === 'step' ? palette.ink : colour;
  context.fill();
}

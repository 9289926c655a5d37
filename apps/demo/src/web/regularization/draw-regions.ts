import type { Pooled } from './regularization-protocol.ts';

/** Every other region is tinted, as on a chessboard; what two share is tinted more. */
const TINT = 'rgb(59 130 214 / 0.28)';
const EDGE = 'rgb(255 255 255 / 0.3)';
const DOT = '#ffd166';
const OUTLINE = '#111820';

/** Draws a picture of `side` CSS pixels with its regions and, of each, the place of the largest value. */
export function drawRegions(context: CanvasRenderingContext2D, { image, rows, columns, places, values }: Pooled, side: number): void {
  const cell = side / image.width;
  for (let at = 0; at < image.width * image.height; at += 1) {
    const [red, green, blue] = image.data.subarray(4 * at, 4 * at + 3);
    context.fillStyle = `rgb(${red} ${green} ${blue})`;
    context.fillRect((at % image.width) * cell, Math.floor(at / image.width) * cell, cell + 0.5, cell + 0.5); // no seams
  }
  for (const [i, row] of rows.entries())
    for (const [j, column] of columns.entries()) {
      const box = [column.begin, row.begin, column.end - column.begin, row.end - row.begin].map((length) => length * cell);
      const [x = 0, y = 0, width = 0, height = 0] = box;
      context.fillStyle = TINT;
      if ((i + j) % 2 === 0) context.fillRect(x, y, width, height);
      context.strokeStyle = EDGE;
      context.lineWidth = 1;
      context.strokeRect(x + 0.5, y + 0.5, width - 1, height - 1);
    }
  context.fillStyle = DOT;
  context.strokeStyle = OUTLINE;
  for (const [i, place] of places.entries()) {
    if (values[i] === 0) continue; // all of the region is the same
    context.beginPath();
    context.arc(((place % image.width) + 0.5) * cell, (Math.floor(place / image.width) + 0.5) * cell, Math.max(1.5, cell / 5), 0, 2 * Math.PI);
    context.fill();
    context.stroke();
  }
}

import type { Range } from '../surfaces.ts';
import type { Field } from './field.ts';
import { colourAt, type Palette } from './palette.ts';
import { awayOf, type Eye, type Projection } from './projection.ts';

const SUN = [-0.5, 0.4, 1.2] as const;
const LINE = 4; // every so many faces a line along the grid shows the shape
const STEEP = 6; // how much a slope tilts a face away from the sun

/** Draws a surface as relief: faces from far to near, each lit by its slope. */
export function drawRelief(
  context: CanvasRenderingContext2D,
  { columns, rows, heights }: Field,
  palette: Palette,
  { range, eye, projection }: { readonly range: Range; readonly eye: Eye; readonly projection: Projection },
): void {
  const x = (column: number): number => range.left + ((range.right - range.left) * column) / (columns - 1);
  const y = (row: number): number => range.bottom + ((range.top - range.bottom) * row) / (rows - 1);
  const z = (column: number, row: number): number => heights[row * columns + column] ?? 0;
  const faces = Array.from({ length: (columns - 1) * (rows - 1) }, (_, i) => {
    const [column, row] = [i % (columns - 1), Math.floor(i / (columns - 1))];
    return { column, row, away: awayOf(eye, (2 * column) / columns - 1, (2 * row) / rows - 1) };
  }).sort((a, b) => b.away - a.away);
  context.lineWidth = 0.75;
  for (const { column, row } of faces) {
    const corners = [z(column, row), z(column + 1, row), z(column + 1, row + 1), z(column, row + 1)] as const;
    const [a, b, c, d] = corners;
    const light = lightOn((b + c - a - d) * 0.5 * STEEP, (c + d - a - b) * 0.5 * STEEP);
    const colour = colourAt(palette.relief, (a + b + c + d) / 4, light);
    context.beginPath();
    context.moveTo(...projection.place(x(column), y(row), a));
    context.lineTo(...projection.place(x(column + 1), y(row), b));
    context.lineTo(...projection.place(x(column + 1), y(row + 1), c));
    context.lineTo(...projection.place(x(column), y(row + 1), d));
    context.closePath();
    context.fillStyle = colour;
    context.fill();
    context.strokeStyle = colour; // closes the seams between faces
    context.stroke();
    context.beginPath();
    context.moveTo(...projection.place(x(column), y(row + 1), d));
    context[column % LINE === 0 ? 'lineTo' : 'moveTo'](...projection.place(x(column), y(row), a));
    if (row % LINE === 0) context.lineTo(...projection.place(x(column + 1), y(row), b));
    context.strokeStyle = palette.rule;
    context.stroke();
  }
}

/** From 0.75 in the shade to 1.08 in the sun. */
function lightOn(slopeX: number, slopeY: number): number {
  const length = Math.sqrt(slopeX ** 2 + slopeY ** 2 + 1) * Math.sqrt(SUN[0] ** 2 + SUN[1] ** 2 + SUN[2] ** 2);
  const cosine = (-slopeX * SUN[0] - slopeY * SUN[1] + SUN[2]) / length;
  return 0.75 + 0.33 * Math.max(0, cosine);
}

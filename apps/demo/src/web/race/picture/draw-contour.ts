import { contours } from 'd3-contour';
import type { Field } from './field.ts';
import { colourAt, type Palette } from './palette.ts';
import type { Size } from './projection.ts';

const BANDS = 16;

/** Draws a surface from above: bands of height with lines between them. */
export function drawContour(
  context: CanvasRenderingContext2D,
  { columns, rows, heights }: Field,
  palette: Palette,
  { width, height }: Size,
): void {
  const levels = Array.from({ length: BANDS }, (_, band) => band / BANDS);
  context.fillStyle = colourAt(palette.contour, 0);
  context.fillRect(0, 0, width, height);
  context.lineWidth = 1;
  context.strokeStyle = palette.rule;
  // A grid point is the middle of d3's cell, and its rows are counted from the bottom.
  const across = (x: number): number => ((x - 0.5) / (columns - 1)) * width;
  const down = (y: number): number => (1 - (y - 0.5) / (rows - 1)) * height;
  for (const { value, coordinates } of contours().size([columns, rows]).thresholds(levels.slice(1))(heights as unknown as number[])) {
    context.beginPath();
    for (const polygon of coordinates)
      for (const ring of polygon) {
        for (const [i, [x = 0, y = 0]] of ring.entries()) context[i === 0 ? 'moveTo' : 'lineTo'](across(x), down(y));
        context.closePath();
      }
    context.fillStyle = colourAt(palette.contour, value);
    context.fill('evenodd');
    context.stroke();
  }
}

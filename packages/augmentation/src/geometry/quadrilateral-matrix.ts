import type { Matrix3 } from '@downhill/core';
import { invert, multiply, type Point } from './matrix.ts';

export type Quadrilateral = readonly [Point, Point, Point, Point];

/** The projective map that takes four corners to four others (Heckbert 1989, section 2.2.3, by way of the unit square). */
export const quadrilateralMatrix = (from: Quadrilateral, to: Quadrilateral): Matrix3 => {
  const matrix = multiply(squareTo(to), invert(squareTo(from)));
  return matrix.map((value) => value / matrix[8]) as unknown as Matrix3;
};

/** The map of the unit square's corners (0, 0), (1, 0), (1, 1), (0, 1) to those of a quadrilateral. */
function squareTo([[x0, y0], [x1, y1], [x2, y2], [x3, y3]]: Quadrilateral): Matrix3 {
  const [dx1, dy1] = [x1 - x2, y1 - y2];
  const [dx2, dy2] = [x3 - x2, y3 - y2];
  const [sx, sy] = [x0 - x1 + x2 - x3, y0 - y1 + y2 - y3];
  const determinant = dx1 * dy2 - dx2 * dy1;
  const g = (sx * dy2 - dx2 * sy) / determinant;
  const h = (dx1 * sy - sx * dy1) / determinant;
  return [x1 - x0 + g * x1, x3 - x0 + h * x3, x0, y1 - y0 + g * y1, y3 - y0 + h * y3, y0, g, h, 1];
}

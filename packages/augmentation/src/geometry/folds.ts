import { boundsOf } from './bounds.ts';
import type { Field } from './displaced.ts';
import type { Point } from './matrix.ts';

/** Left, top, right and bottom of what lies in a fold. */
type Fold = readonly [number, number, number, number];

export const holds = ([left, top, right, bottom]: Fold, [x, y]: Point): boolean => x >= left && x <= right && y >= top && y <= bottom;

/**
 * What is shown by squares between four pixels that are turned over somewhere. The determinant of a bilinear map is linear in x and y, so
 * that it is above 0 in the whole square where it is so in the corners.
 */
export function foldsOf({ displacement, height, width }: Field): readonly Fold[] {
  const shown = (row: number, column: number): Point => {
    const at = 2 * (row * width + column);
    return [column + 0.5 + (displacement[at] ?? 0), row + 0.5 + (displacement[at + 1] ?? 0)];
  };
  const folds: Fold[] = [];
  for (let row = 0; row < height - 1; row++) {
    for (let column = 0; column < width - 1; column++) {
      const [topLeft, topRight] = [shown(row, column), shown(row, column + 1)];
      const [bottomLeft, bottomRight] = [shown(row + 1, column), shown(row + 1, column + 1)];
      const isUpright = [
        turn(topLeft, topRight, bottomLeft),
        turn(topRight, bottomRight, topLeft),
        turn(bottomRight, bottomLeft, topRight),
        turn(bottomLeft, topLeft, bottomRight),
      ].every((determinant) => determinant > 0);
      if (!isUpright) folds.push(boundsOf([topLeft, topRight, bottomLeft, bottomRight]));
    }
  }
  return folds;
}

/** Twice the area of a triangle; above 0 where it is as it lies in the image: clockwise. */
const turn = ([x, y]: Point, [x1, y1]: Point, [x2, y2]: Point): number => (x1 - x) * (y2 - y) - (x2 - x) * (y1 - y);

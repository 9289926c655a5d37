import { mapPoint } from '../geometry/matrix.ts';
import type { PointMap } from './geometry-of.ts';

export type Point = readonly [x: number, y: number];

/** A point of the new image, and whether it lies inside. */
export interface Keypoint {
  readonly point: Point;
  readonly inside: boolean;
}

/** Where points go: continuous coordinates, in which pixel (column j, row i) covers [j, j + 1] x [i, i + 1]. */
export const keypointsAfter = ({ matrix, height, width }: PointMap, points: readonly Point[]): readonly Keypoint[] =>
  points.map(([x, y]) => {
    const point = mapPoint(matrix, x, y);
    return { point, inside: point[0] >= 0 && point[0] < width && point[1] >= 0 && point[1] < height };
  });

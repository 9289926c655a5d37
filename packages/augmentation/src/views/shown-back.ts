import type { GeometryEffect } from '@downhill/core';
import { IDENTITY } from '../geometry/matrix.ts';
import type { PointMap } from '../labels/point-map.ts';

/** Where nothing is, in pixels. */
const AWAY = 1e9;

/** The geometry that brings a moved picture back to where its image was: each pixel of the image shows the place that it went to. */
export function shownBack(
  { at, matrix }: PointMap,
  { height, width }: { readonly height: number; readonly width: number },
): GeometryEffect {
  const plain = { kind: 'geometry', height, width, interpolation: 'bilinear', border: 'constant' } as const;
  if (matrix !== undefined && matrix[6] === 0 && matrix[7] === 0) return { ...plain, matrix };
  const displacement = new Float32Array(2 * height * width);
  for (let pixel = 0; pixel < height * width; pixel++) {
    const [x, y] = [(pixel % width) + 0.5, Math.floor(pixel / width) + 0.5];
    const [toX, toY] = at([x, y]) ?? [AWAY, AWAY];
    displacement[2 * pixel] = toX - x;
    displacement[2 * pixel + 1] = toY - y;
  }
  return { ...plain, matrix: IDENTITY, displacement };
}

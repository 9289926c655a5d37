import { DownhillError, type Effect, type GeometryEffect, type ImageSize, type Matrix3 } from '@downhill/core';
import { resized } from '../geometry/crop-geometry.ts';
import { IDENTITY, invert, multiply } from '../geometry/matrix.ts';

/** Where the points of an image go, and the size of the image that they go to. */
export interface PointMap {
  readonly matrix: Matrix3;
  readonly height: number;
  readonly width: number;
}

/** The geometry among effects, each without interpolation: what masks see of them. */
export function geometryOf(effects: readonly Effect[], image: ImageSize): readonly GeometryEffect[] {
  let size: { readonly height: number; readonly width: number } = image;
  return effects.flatMap((effect) => {
    const from = size;
    if (effect.kind === 'geometry') size = effect;
    if (effect.kind === 'geometry') return [{ ...effect, interpolation: 'nearest', border: 'constant', fill: undefined } as const];
    if (effect.kind !== 'neighbourhood' || effect.name !== 'antialiasedResize') return [];
    size = effect;
    return [resized(from, effect, 'nearest')];
  });
}

/**
 * The way of points through all of them.
 *
 * @throws DownhillError `unsupported` for a displacement, which is no matrix.
 */
export function pointMapOf(effects: readonly Effect[], image: ImageSize): PointMap {
  let map: PointMap = { matrix: IDENTITY, height: image.height, width: image.width };
  for (const effect of effects) {
    if (effect.kind === 'neighbourhood' && effect.name === 'antialiasedResize') {
      const matrix = invert(resized(map, effect, 'bilinear').matrix);
      map = { matrix: multiply(matrix, map.matrix), height: effect.height, width: effect.width };
    }
    if (effect.kind !== 'geometry') continue;
    if (effect.displacement !== undefined)
      throw new DownhillError({
        code: 'unsupported',
        source: 'augmentation',
        problem: 'boxes and keypoints cannot follow a displacement of each pixel',
        advice: 'Leave elastic() out of the pipeline, or use masks.',
      });
    map = { matrix: multiply(invert(effect.points ?? effect.matrix), map.matrix), height: effect.height, width: effect.width };
  }
  return map;
}

import type { Effect, GeometryEffect, ImageSize, Matrix3 } from '@downhill/core';
import { resized } from '../geometry/crop-geometry.ts';
import { determinantOf, IDENTITY, invert, mapPoint, multiply, type Point } from '../geometry/matrix.ts';
import { undisplacing } from '../geometry/undisplaced.ts';

/** Where the points of an image go, and the size of the image that they go to. */
export interface PointMap {
  /** Undefined: behind the horizon of a perspective, so that it goes nowhere. */
  readonly at: (point: Point) => Point | undefined;
  /** The same as a matrix; undefined where pixels are displaced one by one. */
  readonly matrix: Matrix3 | undefined;
  /** Whether the picture is turned over, so that left and right change places. */
  readonly mirrors: boolean;
  readonly height: number;
  readonly width: number;
}

/** The geometry among effects. */
export function geometryOf(effects: readonly Effect[], image: ImageSize): readonly GeometryEffect[] {
  let size: { readonly height: number; readonly width: number } = image;
  return effects.flatMap((effect) => {
    const geometry = geometryAlone(effect, size);
    size = geometry ?? size;
    return geometry ?? [];
  });
}

function geometryAlone(effect: Effect, size: { readonly height: number; readonly width: number }): GeometryEffect | undefined {
  if (effect.kind === 'geometry') return effect;
  if (effect.kind !== 'neighbourhood' || effect.name !== 'antialiasedResize') return undefined;
  const { height, width } = effect;
  return resized(size, { height, width }, 'bilinear');
}

/** The way of points through all of them. */
export function pointMapOf(effects: readonly Effect[], image: ImageSize): PointMap {
  const { height, width } = image;
  const still: PointMap = { at: (point) => point, matrix: IDENTITY, mirrors: false, height, width };
  return geometryOf(effects, image).reduce(followedBy, still);
}

function followedBy(map: PointMap, { matrix, points = matrix, displacement, height, width }: GeometryEffect): PointMap {
  const there = invert(points);
  const mirrors = map.mirrors !== determinantOf(points) < 0;
  if (displacement !== undefined) {
    const back = undisplacing({ displacement, height, width });
    return { at: (point) => then(moved(there, map.at(point)), back), matrix: undefined, mirrors, height, width };
  }
  if (map.matrix === undefined) return { at: (point) => moved(there, map.at(point)), matrix: undefined, mirrors, height, width };
  const whole = multiply(there, map.matrix);
  return { at: (point) => moved(whole, point), matrix: whole, mirrors, height, width };
}

const then = (point: Point | undefined, next: (point: Point) => Point | undefined): Point | undefined =>
  point === undefined ? undefined : next(point);

const moved = (matrix: Matrix3, point: Point | undefined): Point | undefined =>
  then(point, ([x, y]) => (matrix[6] * x + matrix[7] * y + matrix[8] > 0 ? mapPoint(matrix, x, y) : undefined));

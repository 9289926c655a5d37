import { complete, DownhillError, nearest, show } from '@downhill/core';
import type { Point } from '../geometry/matrix.ts';
import type { PointMap } from './point-map.ts';

/** As in COCO: 0 has no label, 1 is hidden, 2 is seen. */
export type Visibility = 0 | 1 | 2;

/** In pixels from the top left corner: pixel (column j, row i) covers [j, j + 1] x [i, i + 1]. */
export type Keypoint = readonly [x: number, y: number, visibility: Visibility];

/** What a pipeline is told about keypoints. */
export interface KeypointOptions {
  /** The points of an object, in their order; an image's list holds all of one object after all of another. @defaultValue one object an image */
  names?: readonly string[];
  /** Pairs, by name or by index in the object, that change places where the picture is turned over: left and right eye. @defaultValue none */
  swaps?: readonly (readonly [string | number, string | number])[];
}

/** Of each point of an object, which one takes its place when the picture is turned over. */
export interface Swaps {
  /** The points of an object; undefined: all of the image. */
  readonly count: number | undefined;
  readonly partners: ReadonlyMap<number, number>;
}

/** @throws DownhillError `invalid-argument`, `unknown-name` for pairs of points that are not there, or in two pairs. */
export function swapsOf(source: string, options: KeypointOptions = {}): Swaps {
  const { names, swaps } = complete<
    KeypointOptions,
    { names: readonly string[] | undefined; swaps: NonNullable<KeypointOptions['swaps']> }
  >(source, options, { names: undefined, swaps: [] });
  const partners = new Map<number, number>();
  for (const pair of swaps) {
    const [a, b] = pair.map((point) => indexOf(source, point, names)) as [number, number];
    if (pair.length !== 2 || a === b || partners.has(a) || partners.has(b))
      throw new DownhillError({
        code: 'invalid-argument',
        source,
        problem: `\`keypoints.swaps\` must be pairs of different points, each in one pair at most, got ${show(swaps)}`,
        advice: 'Write [[left, right], ...].',
      });
    partners.set(a, b).set(b, a);
  }
  return { count: names?.length, partners };
}

function indexOf(source: string, point: string | number, names: readonly string[] | undefined): number {
  const index = typeof point === 'string' ? (names ?? []).indexOf(point) : point;
  if (Number.isSafeInteger(index) && index >= 0 && index < (names?.length ?? Infinity)) return index;
  const near = typeof point === 'string' ? nearest(point, names ?? []) : undefined;
  throw new DownhillError({
    code: 'unknown-name',
    source,
    problem: `\`keypoints.swaps\` names ${show(point)}, which is no point`,
    advice: near === undefined ? 'Give an index, or `keypoints.names` and one of them.' : `Did you mean '${near}'?`,
  });
}

/** Where points go. One that leaves the image has visibility 0; one without label, or that goes nowhere, is [0, 0, 0]. */
export function keypointsAfter(map: PointMap, given: readonly (Point | Keypoint)[], { count, partners }: Swaps): readonly Keypoint[] {
  const moved = given.map((keypoint) => keypointAfter(map, keypoint));
  if (!map.mirrors) return moved;
  const size = count ?? given.length;
  return moved.map((keypoint, i) => {
    const place = i % size;
    return moved[i - place + (partners.get(place) ?? place)] ?? keypoint;
  });
}

function keypointAfter({ at, height, width }: PointMap, [x, y, visibility = 2]: Point | Keypoint): Keypoint {
  const place = visibility === 0 ? undefined : at([x, y]);
  if (place === undefined) return [0, 0, 0];
  const isInside = place[0] >= 0 && place[0] < width && place[1] >= 0 && place[1] < height;
  return [...place, isInside ? visibility : 0];
}

/** @throws DownhillError `invalid-argument`, `shape-mismatch` for what are no keypoints of whole objects. */
export function checkKeypoints(source: string, name: string, keypoints: readonly (Point | Keypoint)[], { count, partners }: Swaps): void {
  for (const [i, keypoint] of keypoints.entries()) {
    const isPoint = Array.isArray(keypoint) && (keypoint.length === 2 || keypoint.length === 3) && keypoint.every(Number.isFinite);
    if (isPoint && [0, 1, 2].includes(keypoint[2] ?? 2)) continue;
    throw new DownhillError({
      code: 'invalid-argument',
      source,
      problem: `\`${name}[${i}]\` must be [x, y] or [x, y, visibility] in pixels, visibility 0, 1 or 2, got ${show(keypoint)}`,
    });
  }
  const least = Math.max(-1, ...partners.keys()) + 1;
  const isWhole = count === undefined ? keypoints.length === 0 || keypoints.length >= least : keypoints.length % count === 0;
  if (isWhole) return;
  throw new DownhillError({
    code: 'shape-mismatch',
    source,
    problem: `\`${name}\` must hold all points of each object, ${count ?? `at least ${least}`}, got ${keypoints.length}`,
    advice: 'Give a point that is not known as [0, 0, 0].',
  });
}

import { checkNumber, checkOneOf, complete } from '@downhill/core';
import { boundsOf } from '../geometry/bounds.ts';
import type { Point } from '../geometry/matrix.ts';
import { FORMATS, fromFormat, toFormat, type BoxFormat, type FourNumbers } from './box-format.ts';
import type { PointMap } from './point-map.ts';

/** What a pipeline is told about boxes. */
export interface BoxOptions {
  /** @defaultValue 'xyxy' */
  format?: BoxFormat;
  /**
   * The share of a box that must be left inside for it to be kept, from 0 to 1. One of which nothing is left is never kept.
   * @defaultValue 0 (`min_visibility` of Albumentations)
   */
  minimumVisible?: number;
}

/** A box in the new image. */
export interface FollowedBox {
  /** Cut off at the image's edges, in the format that was given. */
  readonly box: FourNumbers;
  /** Before it was cut off. */
  readonly uncut: FourNumbers;
  /** The share of it that is left, above 0. */
  readonly visible: number;
  /** Which of the image's boxes it was: its class is `classes[index]`. */
  readonly index: number;
}

/** @throws DownhillError `invalid-argument` for another format, or a share that is none. */
export function boxOptionsOf(source: string, options: BoxOptions = {}): Required<BoxOptions> {
  const { format, minimumVisible } = complete(source, options, { format: 'xyxy', minimumVisible: 0 } as const);
  checkOneOf(source, 'boxes.format', format, FORMATS);
  checkNumber(source, { 'boxes.minimumVisible': minimumVisible }, { min: 0, max: 1 });
  return { format, minimumVisible };
}

/**
 * The smallest boxes along the axes that hold what has become of the given ones, without those of which too little is left. A turned box
 * grows: of the object in it only its corners are known.
 */
export function boxesAfter(
  map: PointMap,
  boxes: readonly FourNumbers[],
  { format, minimumVisible }: Required<BoxOptions>,
): readonly FollowedBox[] {
  return boxes.flatMap((given, index) => {
    const uncut = hullOf(map, fromFormat[format](given));
    const cut = uncut.map((value, i) => Math.min(i % 2 === 0 ? map.width : map.height, Math.max(0, value))) as unknown as FourNumbers;
    const visible = areaOf(cut) / areaOf(uncut);
    return visible > 0 && visible >= minimumVisible ? [{ box: toFormat[format](cut), uncut: toFormat[format](uncut), visible, index }] : [];
  });
}

/** Of the corners where straight lines stay straight; else of points along the edges, no further apart than a pixel. */
function hullOf(map: PointMap, [left, top, right, bottom]: FourNumbers): FourNumbers {
  const corners: readonly Point[] = [
    [left, top],
    [right, top],
    [right, bottom],
    [left, bottom],
  ];
  const places = corners.map((corner) => map.at(corner));
  const isStraight = map.matrix !== undefined && !places.includes(undefined);
  const along = isStraight
    ? places
    : corners.flatMap((corner, i) => edge(corner, corners[(i + 1) % 4] ?? corner)).map((point) => map.at(point));
  return boundsOf(along.filter((place) => place !== undefined));
}

function edge([x0, y0]: Point, [x1, y1]: Point): readonly Point[] {
  const pieces = Math.max(1, Math.ceil(Math.max(Math.abs(x1 - x0), Math.abs(y1 - y0))));
  return Array.from({ length: pieces }, (_, i) => [x0 + ((x1 - x0) * i) / pieces, y0 + ((y1 - y0) * i) / pieces]);
}

const areaOf = ([left, top, right, bottom]: FourNumbers): number => (right - left) * (bottom - top);

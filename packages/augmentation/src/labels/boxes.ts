import { checkNumber, checkOneOf, complete, DownhillError, show } from '@downhill/core';
import { boundsOf } from '../geometry/bounds.ts';
import type { Point } from '../geometry/matrix.ts';
import type { PointMap } from './point-map.ts';

/** How four numbers are a box, in pixels: two corners, a corner and the size, or the middle and the size. */
export type BoxFormat = 'xyxy' | 'xywh' | 'cxcywh';

export type FourNumbers = readonly [number, number, number, number];

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

const FORMATS = ['xyxy', 'xywh', 'cxcywh'] as const;

const FROM: Readonly<Record<BoxFormat, (box: FourNumbers) => FourNumbers>> = {
  xyxy: (box) => box,
  xywh: ([x, y, width, height]) => [x, y, x + width, y + height],
  cxcywh: ([x, y, width, height]) => [x - width / 2, y - height / 2, x + width / 2, y + height / 2],
};

const TO: Readonly<Record<BoxFormat, (box: FourNumbers) => FourNumbers>> = {
  xyxy: (box) => box,
  xywh: ([left, top, right, bottom]) => [left, top, right - left, bottom - top],
  cxcywh: ([left, top, right, bottom]) => [(left + right) / 2, (top + bottom) / 2, right - left, bottom - top],
};

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
    const uncut = hullOf(map, FROM[format](given));
    const cut = uncut.map((value, i) => Math.min(i % 2 === 0 ? map.width : map.height, Math.max(0, value))) as unknown as FourNumbers;
    const visible = areaOf(cut) / areaOf(uncut);
    return visible > 0 && visible >= minimumVisible ? [{ box: TO[format](cut), uncut: TO[format](uncut), visible, index }] : [];
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

/** What a corner may lie outside: numbers of float32, or fractions of a side, come back as pixels with a few roundings. */
const SLACK = 2 ** -21;

/** @throws DownhillError `invalid-argument` for a box that is none, or lies outside the image. */
export function checkBoxes(
  source: string,
  name: string,
  boxes: readonly FourNumbers[],
  format: BoxFormat,
  { height, width }: { readonly height: number; readonly width: number },
): void {
  const slack = SLACK * Math.max(height, width);
  for (const [i, box] of boxes.entries()) {
    const isBox = Array.isArray(box) && box.length === 4 && box.every(Number.isFinite);
    const [left, top, right, bottom] = isBox ? FROM[format](box) : [1, 1, 0, 0];
    const isInside = left >= -slack && top >= -slack && right <= width + slack && bottom <= height + slack;
    if (isInside && left <= right && top <= bottom) continue;
    throw new DownhillError({
      code: 'invalid-argument',
      source,
      problem: `\`${name}[${i}]\` must be a box in the image, ${height} x ${width}, got ${show(box)} (${format})`,
      advice: 'Boxes are in pixels: say which `format` they have in the options of compose(), and cut them off at the image first.',
    });
  }
}

import { DownhillError, show } from '@downhill/core';
import { mapPoint } from '../geometry/matrix.ts';
import type { PointMap } from './geometry-of.ts';

/** How four numbers are a box: two corners, a corner and the size, or the middle and the size. */
export type BoxFormat = 'xyxy' | 'xywh' | 'cxcywh';

export type FourNumbers = readonly [number, number, number, number];

/** A box in the new image. */
export interface FollowedBox {
  /** Cut off at the image's edges, in the format that was given. */
  readonly box: FourNumbers;
  /** Before it was cut off. */
  readonly uncut: FourNumbers;
  /** The share of it that is left. */
  readonly visible: number;
}

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

/** What holds the box's corners after they have been moved, along the axes. */
export function boxesAfter(map: PointMap, boxes: readonly FourNumbers[], format: BoxFormat): readonly FollowedBox[] {
  return boxes.map((given) => {
    const uncut = hull(map, FROM[format](given));
    const [left, top, right, bottom] = uncut;
    const inside = (value: number, side: number): number => Math.min(side, Math.max(0, value));
    const cut: FourNumbers = [inside(left, map.width), inside(top, map.height), inside(right, map.width), inside(bottom, map.height)];
    const visible = area(uncut) === 0 ? 0 : area(cut) / area(uncut);
    return { box: TO[format](cut), uncut: TO[format](uncut), visible };
  });
}

function hull({ matrix }: PointMap, [left, top, right, bottom]: FourNumbers): FourNumbers {
  const corners = [
    mapPoint(matrix, left, top),
    mapPoint(matrix, right, top),
    mapPoint(matrix, right, bottom),
    mapPoint(matrix, left, bottom),
  ];
  const [x, y] = [corners.map(([across]) => across), corners.map(([, down]) => down)];
  return [Math.min(...x), Math.min(...y), Math.max(...x), Math.max(...y)];
}

const area = ([left, top, right, bottom]: FourNumbers): number => (right - left) * (bottom - top);

/** @throws DownhillError `invalid-argument` for a box that is none, or lies outside the image. */
export function checkBoxes(
  boxes: readonly FourNumbers[],
  format: BoxFormat,
  { height, width }: { readonly height: number; readonly width: number },
): void {
  for (const [i, box] of boxes.entries()) {
    const [left, top, right, bottom] = FROM[format](box);
    if (left >= 0 && top >= 0 && right <= width && bottom <= height && left <= right && top <= bottom) continue;
    throw new DownhillError({
      code: 'invalid-argument',
      source: 'augmentation',
      problem: `box ${i} must lie in the image, ${height} x ${width}, got ${show(box)} (${format})`,
      advice: 'Say which `format` the boxes have, and cut them off at the image first.',
    });
  }
}

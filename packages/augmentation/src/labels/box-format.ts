import { DownhillError, show } from '@downhill/core';

/** How four numbers are a box, in pixels: two corners, a corner and the size, or the middle and the size. */
export type BoxFormat = 'xyxy' | 'xywh' | 'cxcywh';

export type FourNumbers = readonly [number, number, number, number];

export const FORMATS = ['xyxy', 'xywh', 'cxcywh'] as const;

/** To two corners. */
export const fromFormat: Readonly<Record<BoxFormat, (box: FourNumbers) => FourNumbers>> = {
  xyxy: (box) => box,
  xywh: ([x, y, width, height]) => [x, y, x + width, y + height],
  cxcywh: ([x, y, width, height]) => [x - width / 2, y - height / 2, x + width / 2, y + height / 2],
};

/** From two corners. */
export const toFormat: Readonly<Record<BoxFormat, (box: FourNumbers) => FourNumbers>> = {
  xyxy: (box) => box,
  xywh: ([left, top, right, bottom]) => [left, top, right - left, bottom - top],
  cxcywh: ([left, top, right, bottom]) => [(left + right) / 2, (top + bottom) / 2, right - left, bottom - top],
};

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
    const [left, top, right, bottom] = isBox ? fromFormat[format](box) : [1, 1, 0, 0];
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

import type { Image, Range } from './image.ts';
import { clamped, roundingOf, truncated } from './levels.ts';

/** One part of each, cut off at the ends of the range: `share` of the image, the rest of `other`. */
export function blend(image: Image, other: (index: number) => number, share: number, range: Range): Image {
  const { data } = image;
  const rounded = roundingOf(range);
  for (let i = 0; i < data.length; i++) {
    const value = clamped(rounded(rounded(rounded(share) * (data[i] ?? 0)) + rounded((1 - share) * other(i))), range);
    data[i] = range === 255 ? truncated(value) : value;
  }
  return image;
}

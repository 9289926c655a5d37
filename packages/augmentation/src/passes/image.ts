import type { ImageSize } from '@downhill/core';

/** An image's values, row by row, the channels of a pixel side by side. */
export interface Image extends ImageSize {
  readonly data: Float32Array;
}

/** What values may be: fractions up to 1, or whole numbers up to 255. */
export type Range = 1 | 255;

export const emptyImage = (height: number, width: number, channels: number): Image => ({
  height,
  width,
  channels,
  data: new Float32Array(height * width * channels),
});

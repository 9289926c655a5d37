import type { EraseEffect } from '@downhill/core';
import type { Image, Range } from './image.ts';

/** Sets a box, in place; the part of it that lies outside is passed over. */
export function applyErase(image: Image, { top, left, height, width, value }: EraseEffect, range: Range): void {
  const { data, channels } = image;
  const isPatch = value instanceof Float32Array;
  for (let row = Math.max(0, top); row < Math.min(image.height, top + height); row++) {
    for (let column = Math.max(0, left); column < Math.min(image.width, left + width); column++) {
      const at = (row * image.width + column) * channels;
      const from = isPatch ? ((row - top) * width + (column - left)) * channels : 0;
      for (let channel = 0; channel < channels; channel++)
        data[at + channel] = isPatch ? (value[from + channel] ?? 0) : (value[channel] ?? value[0] ?? 0) * range;
    }
  }
}

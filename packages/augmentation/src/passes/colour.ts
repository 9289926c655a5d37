import { DownhillError, type ColourEffect } from '@downhill/core';
import { GRAY } from './gray.ts';
import type { Image, Range } from './image.ts';
import { channelsOf } from './join-colours.ts';
import { clamped, roundingOf, truncated } from './levels.ts';

/** Multiplies each pixel by the matrix, in place. */
export function applyColour(image: Image, effect: ColourEffect, range: Range): void {
  const { data, channels } = image;
  if (channelsOf(effect) !== channels) throw wrongChannels(channelsOf(effect), channels);
  if (effect.colourShare !== undefined && range === 255) {
    blendWithGray(image, effect.colourShare);
    return;
  }
  const { matrix, clamp } = effect;
  const columns = channels + 1;
  const rounded = roundingOf(range);
  const pixel = new Float64Array(channels);
  for (let at = 0; at < data.length; at += channels) {
    pixel.set(data.subarray(at, at + channels));
    for (let row = 0; row < channels; row++) {
      let sum = rounded((matrix[row * columns + channels] ?? 0) * range);
      for (let column = 0; column < channels; column++)
        sum = rounded(sum + rounded(rounded(matrix[row * columns + column] ?? 0) * (pixel[column] ?? 0)));
      const value = clamp ? clamped(sum, range) : sum;
      data[at + row] = range === 255 ? truncated(value) : value;
    }
  }
}

/** Of levels: each channel's share and the rest of a gray that is a level. */
function blendWithGray({ data }: Image, share: number): void {
  for (let at = 0; at < data.length; at += 3) {
    const gray = truncated(GRAY.reduce((sum, weight, channel) => sum + weight * (data[at + channel] ?? 0), 0));
    for (let i = at; i < at + 3; i++) data[i] = truncated(clamped(share * (data[i] ?? 0) + (1 - share) * gray, 255));
  }
}

function wrongChannels(wanted: number, got: number): DownhillError {
  return new DownhillError({
    code: 'invalid-argument',
    source: 'augmentation',
    problem: `a colour matrix for ${wanted} channels was given an image of ${got}`,
  });
}

import type { NeighbourhoodEffect } from '@downhill/core';
import { antialiasedResize } from './antialiased-resize.ts';
import { blur } from './blur.ts';
import { blend } from './blend.ts';
import { stretchAroundMean, stretchChannels } from './contrast.ts';
import { equalize } from './equalize.ts';
import type { Image, Range } from './image.ts';
import { clamped, mapValues, roundedHalfToEven, truncated } from './levels.ts';

/** What needs more than one pixel for each; the image given may be changed. */
export function applyNeighbourhood(image: Image, effect: NeighbourhoodEffect, range: Range): Image {
  switch (effect.name) {
    case 'blur': {
      const blurred = blur(image, effect.kernelX, effect.kernelY);
      if (range === 255) mapValues(blurred, roundedHalfToEven);
      return blurred;
    }
    case 'sharpness':
      return sharpen(image, effect.factor, range);
    case 'contrast':
      return (effect.perChannel === true ? stretchChannels : stretchAroundMean)(image, effect.factor, range);
    case 'autocontrast':
      return stretchToRange(image, range);
    case 'equalize':
      return equalize(image, range);
    default: {
      const resized = antialiasedResize(image, effect);
      if (range === 255) mapValues(resized, roundedHalfToEven);
      return resized;
    }
  }
}

/** Away from the image smoothed by the nine pixels around each, the middle one five times; the outermost pixels are not smoothed. */
function sharpen(image: Image, factor: number, range: Range): Image {
  const { data, height, width, channels } = image;
  const smooth = Float32Array.from(data);
  if (height > 2 && width > 2) {
    const row = width * channels;
    for (let y = 1; y < height - 1; y++) {
      for (let at = y * row + channels; at < (y + 1) * row - channels; at++) {
        let sum = 4 * (data[at] ?? 0);
        for (const up of [-row, 0, row]) for (const left of [-channels, 0, channels]) sum += data[at + up + left] ?? 0;
        smooth[at] = range === 255 ? roundedHalfToEven(sum / 13) : sum / 13;
      }
    }
  }
  return blend(image, (i) => smooth[i] ?? 0, factor, range);
}

/** Each channel so that it takes the whole range; one that is all the same stays. */
function stretchToRange(image: Image, range: Range): Image {
  const { data, channels } = image;
  for (let channel = 0; channel < channels; channel++) {
    let [low, high] = [Infinity, -Infinity];
    for (let at = channel; at < data.length; at += channels) {
      low = Math.min(low, data[at] ?? 0);
      high = Math.max(high, data[at] ?? 0);
    }
    if (high === low) continue;
    const scale = range / (high - low);
    for (let at = channel; at < data.length; at += channels) {
      const value = clamped(((data[at] ?? 0) - low) * scale, range);
      data[at] = range === 255 ? truncated(value) : value;
    }
  }
  return image;
}

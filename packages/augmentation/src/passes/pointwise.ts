import type { PointwiseEffect } from '@downhill/core';
import { pow } from '@downhill/core/math';
import { fromHsv, toHsv, turned } from './hue.ts';
import type { Image, Range } from './image.ts';
import { clamped, levelOf, mapValues, valueOf } from './levels.ts';

/** A fraction as a value of the range: of levels as torchvision converts. */
const ofFraction = (fraction: number, range: Range): number => (range === 255 ? levelOf(fraction, 1) : fraction);

/** Changes each value, or each pixel, in place. */
export function applyPointwise(image: Image, effect: PointwiseEffect, range: Range): void {
  switch (effect.name) {
    case 'gamma':
      return mapValues(image, (value) => ofFraction(clamped(effect.gain * pow(value / range, effect.gamma), 1), range));
    case 'posterize': {
      const kept = 256 - (1 << (8 - effect.bits));
      return mapValues(image, (value) => valueOf(levelOf(value, range) & kept, range));
    }
    case 'solarize':
      return mapValues(image, (value) => (value >= thresholdIn(effect.threshold, range) ? range - value : value));
    case 'noise':
      for (let i = 0; i < image.data.length; i++) image.data[i] = clamped((image.data[i] ?? 0) + (effect.values[i] ?? 0) * range, range);
      return;
    case 'hue':
      turnHue(image, effect.shift, range);
  }
}

function turnHue({ data, channels }: Image, shift: number, range: Range): void {
  for (let at = 0; at < data.length; at += channels) {
    const [red = 0, green = 0, blue = 0] = data.subarray(at, at + 3);
    const [hue, saturation, value] = toHsv(Math.fround(red / range), Math.fround(green / range), Math.fround(blue / range));
    for (const [channel, fraction] of fromHsv(turned(hue, shift), saturation, value).entries())
      data[at + channel] = ofFraction(clamped(fraction, 1), range);
  }
}

/** Of levels the first one that is not below the fraction; a level given as a fraction is found again. */
const thresholdIn = (fraction: number, range: Range): number => (range === 255 ? Math.ceil(fraction * 255 - 1e-9) : fraction);

import { augmentation, randomStream, streamKey, type Augmentation } from '@downhill/core';
import { intervalOf } from './interval.ts';
import { checkDraw } from './check-draw.ts';
import { checkOptions } from './check-options.ts';

/** Options of {@link gaussianNoise}. */
export interface GaussianNoiseOptions {
  /** The standard deviation is drawn from [low, high]; values go from 0 to 1. @defaultValue [0, 0.1] */
  deviation?: readonly [low: number, high: number];
}

/** The standard deviation, and the seed of the noise. */
export interface GaussianNoiseDraw {
  readonly deviation: number;
  readonly seed: number;
  readonly [key: string]: number;
}

/**
 * Adds normal noise to each value and cuts off at 0 and 1: torchvision's `GaussianNoise`.
 *
 * @example
 * const grain = gaussianNoise({ deviation: [0, 0.05] });
 * grain.name; // 'gaussianNoise'
 *
 * @throws DownhillError `invalid-argument` for a range that is none.
 */
export function gaussianNoise(options: GaussianNoiseOptions = {}): Augmentation<GaussianNoiseDraw> {
  checkOptions('gaussianNoise', options, ['deviation']);
  const deviations = intervalOf('gaussianNoise', 'deviation', options.deviation ?? [0, 0.1], { min: 0 });
  return augmentation<GaussianNoiseDraw>({
    name: 'gaussianNoise',
    config: { ...options },
    check: (draw) => checkDraw('gaussianNoise', draw, { deviation: { min: 0 }, seed: { integer: true } }),
    draw: (draws) => ({ deviation: draws.uniform(...deviations), seed: draws.integer(2 ** 32) }),
    apply({ deviation, seed }, { height, width, channels }) {
      const numbers = randomStream(streamKey(seed, 'noise'));
      const values = Float32Array.from({ length: height * width * channels }, (_, i) => deviation * numbers.normalAt(i));
      return [{ kind: 'pointwise', name: 'noise', values }];
    },
  });
}

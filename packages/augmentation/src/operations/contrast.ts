import { augmentation, checkOneOf, type Augmentation } from '@downhill/core';
import { factorsOf, type Interval } from './interval.ts';
import { checkDraw } from './check-draw.ts';
import { checkOptions } from './check-options.ts';
import type { FactorDraw } from './factor.ts';

/** Options of {@link contrast}. */
export interface ContrastOptions {
  /** The factor is drawn from [low, high], or from [max(0, 1 - m), 1 + m] for m. 1 leaves the image as it is. */
  contrast: Interval;
  /** What values are moved away from: the mean of the image's gray (torchvision), or of each channel (`tf.image`, Keras). @defaultValue 'gray' */
  around?: 'gray' | 'channels';
}

/**
 * More or less contrast: x' = clamp(mean + factor (x - mean)). With the image's mean gray that is torchvision's `adjust_contrast`, with the mean
 * of each channel TensorFlow's.
 *
 * @example
 * const change = contrast({ contrast: 0.4 });
 * change.name; // 'contrast'
 *
 * @throws DownhillError `invalid-argument` for a range that is none, or another mean.
 */
export function contrast(options: ContrastOptions): Augmentation<FactorDraw> {
  checkOptions('contrast', options, ['contrast', 'around']);
  const { around = 'gray' } = options;
  const factors = factorsOf('contrast', 'contrast', options.contrast);
  checkOneOf('contrast', 'around', around, ['gray', 'channels']);
  return augmentation<FactorDraw>({
    name: 'contrast',
    config: { ...options },
    check: (draw) => checkDraw('contrast', draw, { factor: { min: 0 } }),
    draw: (draws) => ({ factor: draws.uniform(...factors) }),
    apply: ({ factor }) => [{ kind: 'neighbourhood', name: 'contrast', factor, perChannel: around === 'channels' }],
  });
}

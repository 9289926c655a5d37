import { augmentation, checkNumber, type Augmentation } from '@downhill/core';
import { checkSwitch } from './check-draw.ts';
import { checkOptions } from './check-options.ts';
import { towardsGray } from './colour-matrix.ts';

/** Options of {@link grayscale}. */
export interface GrayscaleOptions {
  /** @defaultValue 1 */
  probability?: number;
}

/**
 * Takes the colour out, in all three channels: torchvision's `RandomGrayscale`.
 *
 * @example
 * const change = grayscale();
 * change.name; // 'grayscale'
 *
 * @throws DownhillError `invalid-argument` for a probability outside [0, 1]; when it is applied, for an image that has not three channels.
 */
export function grayscale(options: GrayscaleOptions = {}): Augmentation<boolean> {
  checkOptions('grayscale', options, ['probability']);
  const { probability = 1 } = options;
  checkNumber('grayscale', { probability }, { min: 0, max: 1 });
  return augmentation<boolean>({
    name: 'grayscale',
    config: { ...options },
    channels: 3,
    check: (draw) => checkSwitch('grayscale', draw),
    draw: (draws) => draws.bernoulli(probability),
    apply: (isApplied) => (isApplied ? [towardsGray(0)] : []),
  });
}

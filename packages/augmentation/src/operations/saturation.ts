import { augmentation, type Augmentation } from '@downhill/core';
import { factorsOf, type Interval } from './interval.ts';
import { checkDraw } from './check-draw.ts';
import { checkOptions } from './check-options.ts';
import { towardsGray } from './colour-matrix.ts';
import type { FactorDraw } from './factor.ts';

/** Options of {@link saturation}. */
export interface SaturationOptions {
  /** The factor is drawn from [low, high], or from [max(0, 1 - m), 1 + m] for m. 1 leaves the image as it is. */
  saturation: Interval;
}

/**
 * More or less colourful: a blend with the gray image, torchvision's `adjust_saturation`.
 *
 * @example
 * const change = saturation({ saturation: 0.4 });
 * change.name; // 'saturation'
 *
 * @throws DownhillError `invalid-argument` for a range that is none; when it is applied, for an image that has not three channels.
 */
export function saturation(options: SaturationOptions): Augmentation<FactorDraw> {
  checkOptions('saturation', options, ['saturation']);
  const factors = factorsOf('saturation', 'saturation', options.saturation);
  return augmentation<FactorDraw>({
    name: 'saturation',
    config: { ...options },
    channels: 3,
    check: (draw) => checkDraw('saturation', draw, { factor: { min: 0 } }),
    draw: (draws) => ({ factor: draws.uniform(...factors) }),
    apply: ({ factor }) => [towardsGray(factor)],
  });
}

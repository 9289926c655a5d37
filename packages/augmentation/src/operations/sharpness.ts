import { augmentation, type Augmentation } from '@downhill/core';
import { factorsOf, type Interval } from './interval.ts';
import { checkDraw } from './check-draw.ts';
import { checkOptions } from './check-options.ts';
import type { FactorDraw } from './factor.ts';

/** Options of {@link sharpness}. */
export interface SharpnessOptions {
  /** The factor is drawn from [low, high], or from [max(0, 1 - m), 1 + m] for m. 1 leaves the image as it is. */
  sharpness: Interval;
}

/**
 * Sharper or softer: a blend with the smoothed image, torchvision's `adjust_sharpness`.
 *
 * @example
 * const change = sharpness({ sharpness: 0.4 });
 * change.name; // 'sharpness'
 *
 * @throws DownhillError `invalid-argument` for a range that is none.
 */
export function sharpness(options: SharpnessOptions): Augmentation<FactorDraw> {
  checkOptions('sharpness', options, ['sharpness']);
  const factors = factorsOf('sharpness', 'sharpness', options.sharpness);
  return augmentation<FactorDraw>({
    name: 'sharpness',
    config: { ...options },
    check: (draw) => checkDraw('sharpness', draw, { factor: { min: 0 } }),
    draw: (draws) => ({ factor: draws.uniform(...factors) }),
    apply: ({ factor }) => [{ kind: 'neighbourhood', name: 'sharpness', factor }],
  });
}

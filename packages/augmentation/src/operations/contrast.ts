import { augmentation, type Augmentation } from '@downhill/core';
import { factorsOf, type Interval } from '../interval.ts';
import { checkDraw } from './check-draw.ts';
import { checkOptions } from './check-options.ts';
import type { FactorDraw } from './factor.ts';

/** Options of {@link contrast}. */
export interface ContrastOptions {
  /** The factor is drawn from [low, high], or from [max(0, 1 - m), 1 + m] for m. 1 leaves the image as it is. */
  contrast: Interval;
}

/**
 * More or less contrast: a blend with the image's mean gray, torchvision's `adjust_contrast`.
 *
 * @example
 * const change = contrast({ contrast: 0.4 });
 * change.name; // 'contrast'
 *
 * @throws DownhillError `invalid-argument` for a range that is none.
 */
export function contrast(options: ContrastOptions): Augmentation<FactorDraw> {
  checkOptions('contrast', options, ['contrast']);
  const factors = factorsOf('contrast', 'contrast', options.contrast);
  return augmentation<FactorDraw>({
    name: 'contrast',
    config: { ...options },
    check: (draw) => checkDraw('contrast', draw, { factor: { min: 0 } }),
    draw: (draws) => ({ factor: draws.uniform(...factors) }),
    apply: ({ factor }) => [{ kind: 'neighbourhood', name: 'contrast', factor }],
  });
}

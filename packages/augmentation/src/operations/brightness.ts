import { augmentation, type Augmentation } from '@downhill/core';
import { factorsOf, type Interval } from './interval.ts';
import { checkDraw } from './check-draw.ts';
import { checkOptions } from './check-options.ts';
import { perChannel } from './colour-matrix.ts';
import type { FactorDraw } from './factor.ts';

/** Options of {@link brightness}. */
export interface BrightnessOptions {
  /** The factor is drawn from [low, high], or from [max(0, 1 - m), 1 + m] for m. 1 leaves the image as it is. */
  brightness: Interval;
}

/**
 * Lighter or darker: x' = clamp(factor x), torchvision's `adjust_brightness`.
 *
 * @example
 * const change = brightness({ brightness: 0.4 });
 * change.name; // 'brightness'
 *
 * @throws DownhillError `invalid-argument` for a range that is none.
 */
export function brightness(options: BrightnessOptions): Augmentation<FactorDraw> {
  checkOptions('brightness', options, ['brightness']);
  const factors = factorsOf('brightness', 'brightness', options.brightness);
  return augmentation<FactorDraw>({
    name: 'brightness',
    config: { ...options },
    check: (draw) => checkDraw('brightness', draw, { factor: { min: 0 } }),
    draw: (draws) => ({ factor: draws.uniform(...factors) }),
    apply: ({ factor }, { channels }) => [
      {
        kind: 'colour',
        matrix: perChannel(
          channels,
          () => factor,
          () => 0,
        ),
        clamp: true,
      },
    ],
  });
}

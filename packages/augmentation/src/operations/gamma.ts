import { augmentation, checkNumber, type Augmentation } from '@downhill/core';
import { intervalOf } from './interval.ts';
import { checkDraw } from './check-draw.ts';
import { checkOptions } from './check-options.ts';

/** Options of {@link gamma}. */
export interface GammaOptions {
  /** The exponent is drawn evenly from [low, high], both at least 0; above 1 shadows get darker. */
  gamma: readonly [low: number, high: number];
  /** @defaultValue 1 (torchvision) */
  gain?: number;
}

/** The exponent. */
export interface GammaDraw {
  readonly gamma: number;
  readonly [key: string]: number;
}

/**
 * Power-law brightness: x' = clamp(gain · x^γ), torchvision's `adjust_gamma`.
 *
 * @example
 * const curve = gamma({ gamma: [0.8, 1.25] });
 * curve.name; // 'gamma'
 *
 * @throws DownhillError `invalid-argument` for a range that is none, or a negative gain.
 */
export function gamma(options: GammaOptions): Augmentation<GammaDraw> {
  checkOptions('gamma', options, ['gamma', 'gain']);
  const { gain = 1 } = options;
  const exponents = intervalOf('gamma', 'gamma', options.gamma, { min: 0 });
  checkNumber('gamma', { gain }, { min: 0 });
  return augmentation<GammaDraw>({
    name: 'gamma',
    config: { ...options },
    check: (draw) => checkDraw('gamma', draw, { gamma: { min: 0 } }),
    draw: (draws) => ({ gamma: draws.uniform(...exponents) }),
    apply: (draw) => [{ kind: 'pointwise', name: 'gamma', gamma: draw.gamma, gain }],
  });
}

import { checkNumber, complete, schedule, type Schedule } from '@downhill/core';
import { tanh as hyperbolicTangent } from '@downhill/core/math';
import { blend } from './blend.ts';
import { checkLength } from './check-length.ts';
import { REQUIRED } from './required.ts';

/** Options of {@link tanh}; defaults from timm's `TanhLRScheduler`. */
export interface TanhOptions {
  /** The value at step 0, to within (from − to) · ½ (1 + tanh(lower)): with the default 8e-7 of the height. */
  from: number;
  /** The value from step `steps` on. @defaultValue 0 (timm's `lr_min`) */
  to?: number;
  /** How many steps the way down takes: whole, at least 1. */
  steps: number;
  /** Where on the tangent the way begins: the lower, the longer the value stays near `from`. @defaultValue -7 (timm's `lb`) */
  lower?: number;
  /** Where it ends, above `lower`: the higher, the closer it comes to `to` before it gets there. @defaultValue 3 (timm's `ub`) */
  upper?: number;
}

/**
 * A hyperbolic tangent from `from` down to nearly `to`, and `to` from then on.
 *
 *     η(t) = to + (from − to) · ½ (1 − tanh(lower · (1 − q) + upper · q))        q = t / steps < 1
 *
 * Hsueh et al. 2019, equation 3 (arXiv:1806.01593); timm's `TanhLRScheduler`. Flat for longer than `cosine`, and steeper
 * between. The last step of the way is still above `to` by ½ (1 − tanh(upper)) of the height, 0.25 % with the default. Steps
 * are optimizer steps, counted from 0.
 *
 * @example
 * const rate = tanh({ from: 0.1, steps: 100 });
 * rate.at(70);  // 0.05
 * rate.at(100); // 0
 *
 * @throws DownhillError `invalid-argument` when `steps` is not a whole number of at least 1, `upper` is not above `lower`, or a number is not finite.
 */
export function tanh(options: TanhOptions): Schedule {
  const { from, to, steps, lower, upper } = complete('tanh', options, { from: REQUIRED, to: 0, steps: REQUIRED, lower: -7, upper: 3 });
  checkNumber('tanh', { from, to, lower });
  checkNumber('tanh', { upper }, { above: lower });
  checkLength('tanh', { steps });
  return schedule({
    name: 'tanh',
    config: { from, to, steps, lower, upper },
    at: (t) => (t < steps ? blend(from, to, 0.5 * (1 - hyperbolicTangent(blend(upper, lower, t / steps)))) : to),
  });
}

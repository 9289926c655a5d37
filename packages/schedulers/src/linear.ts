import { checkNumber, complete, schedule, type Schedule } from '@downhill/core';
import { blend } from './blend.ts';
import { checkLength } from './check-length.ts';
import { REQUIRED } from './required.ts';

/** Options of {@link linear}. */
export interface LinearOptions {
  /** The value at step 0. */
  from: number;
  /** The value from step `steps` on; above `from` the line rises. @defaultValue 0 (PyTorch's `PolynomialLR`, whose power of 1 is this line) */
  to?: number;
  /** How many steps the line takes: whole, at least 1. */
  steps: number;
}

/**
 * A straight line from `from` to `to`, and `to` from then on.
 *
 *     η(t) = from + (to − from) · min(t / steps, 1)
 *
 * PyTorch's `LinearLR` (which writes its ends as factors of a base rate). Steps are optimizer steps, counted from
 * 0: the last of the way, `steps` − 1, is one short of `to`.
 *
 * @example
 * const rate = linear({ from: 0.1, steps: 100 });
 * rate.at(50);  // 0.05
 * rate.at(100); // 0
 *
 * @throws DownhillError `invalid-argument` when `steps` is not a whole number of at least 1, or a number is not finite.
 */
export function linear(options: LinearOptions): Schedule {
  const { from, to, steps } = complete('linear', options, { from: REQUIRED, to: 0, steps: REQUIRED });
  checkNumber('linear', { from, to });
  checkLength('linear', { steps });
  return schedule({ name: 'linear', config: { from, to, steps }, at: (t) => blend(from, to, 1 - Math.min(t / steps, 1)) });
}

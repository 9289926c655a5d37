import { checkNumber, complete, schedule, type Schedule } from '@downhill/core';
import { blend } from './blend.ts';
import { checkLength } from './check-length.ts';
import { REQUIRED } from './required.ts';

/** Options of {@link rex}. */
export interface RexOptions {
  /** The value at step 0. */
  from: number;
  /** The value from step `steps` on. @defaultValue 0 (the paper) */
  to?: number;
  /** How many steps the way down takes: whole, at least 1. */
  steps: number;
}

/**
 * Slow at first, then ever faster down to `to`, and `to` from then on: a reflected exponential.
 *
 *     η(t) = to + (from − to) · (1 − q) / (1 − q / 2)        q = min(t / steps, 1)
 *
 * Chen et al. 2021, "REX", section 4 (arXiv:2107.04197): above the line at every step, and better than it on small budgets.
 * Steps are optimizer steps, counted from
 * 0: the last of the way, `steps` − 1, is one short of `to`.
 *
 * @example
 * const rate = rex({ from: 0.3, steps: 100 });
 * rate.at(50);  // 0.2
 * rate.at(100); // 0
 *
 * @throws DownhillError `invalid-argument` when `steps` is not a whole number of at least 1, or a number is not finite.
 */
export function rex(options: RexOptions): Schedule {
  const { from, to, steps } = complete('rex', options, { from: REQUIRED, to: 0, steps: REQUIRED });
  checkNumber('rex', { from, to });
  checkLength('rex', { steps });
  return schedule({
    name: 'rex',
    config: { from, to, steps },
    at(t) {
      const q = Math.min(t / steps, 1);
      return blend(from, to, (1 - q) / (1 - q / 2));
    },
  });
}

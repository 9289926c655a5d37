import { checkNumber, checkSchedule, complete, schedule, valueAt, type Schedule, type ScheduleLike } from '@downhill/core';
import { blend } from './blend.ts';
import { REQUIRED } from './required.ts';

/** Options of {@link warmup}. */
export interface WarmupOptions {
  /** How many steps the rise takes, at least 0; with 0 there is none. May be fractional, as 0.05 · run is: the rise then ends at the first whole step after. */
  steps: number;
  /** The value at step 0. @defaultValue 0 (Keras' `CosineDecay` with `warmup_target`; PyTorch's `LinearLR` cannot start at 0) */
  from?: number;
  /** The value that the rise makes for. @defaultValue the schedule's first value (timm has the base rate) */
  to?: number | undefined;
  /** Whether the schedule begins only after the warm-up; else its steps count from step 0, and the warm-up covers the first of them. @defaultValue true (Keras; timm's `warmup_prefix`, there false) */
  prefix?: boolean;
}

/**
 * A straight rise from `from` to a schedule's first value, then that schedule from its own step 0.
 *
 *     η(t) = from + (to − from) · t / steps    while t < steps,    then next(t − ⌈steps⌉), without `prefix` next(t)
 *
 * Goyal et al. 2017, section 2.2 (arXiv:1706.02677). Steps are optimizer steps, counted from 0. With `prefix` the wrapped
 * schedule's own steps come on top: a run of n steps takes `cosine` with n − `steps`.
 *
 * @example
 * const rate = warmup(cosine({ from: 0.1, steps: 900 }), { steps: 100 });
 * rate.at(50);  // 0.05
 * rate.at(100); // 0.1
 *
 * @throws DownhillError `invalid-argument` when `next` is no schedule or number, `steps` is below 0, or a number is not finite.
 */
export function warmup(next: ScheduleLike, options: WarmupOptions): Schedule {
  checkSchedule('warmup', { next });
  const { steps, from, to, prefix } = complete('warmup', options, { steps: REQUIRED, from: 0, to: undefined, prefix: true });
  checkNumber('warmup', { steps }, { min: 0 });
  checkNumber('warmup', to === undefined ? { from } : { from, to });
  const start = prefix ? Math.ceil(steps) : 0;
  return schedule({
    name: 'warmup',
    config: [next, { steps, from, to, prefix }],
    at: (t) => (t < steps ? blend(to ?? valueAt(next, 0), from, t / steps) : valueAt(next, t - start)),
  });
}

import { checkNumber, checkSchedule, schedule, valueAt, type Schedule, type ScheduleLike } from '@downhill/core';
import { blend } from './blend.ts';

/** Options of {@link warmup}. */
export interface WarmupOptions {
  /** How many steps the rise takes: whole, at least 0; with 0 there is none. */
  steps: number;
  /** The value at step 0. @defaultValue 0 (Keras' `CosineDecay` with `warmup_target`; PyTorch's `LinearLR` cannot start at 0) */
  from?: number;
}

/**
 * A straight rise from `from` to a schedule's first value, then that schedule from its own step 0.
 *
 *     η(t) = from + (next(0) − from) · t / steps    while t < steps,    then next(t − steps)
 *
 * Goyal et al. 2017, section 2.2 (arXiv:1706.02677). Steps are optimizer steps, counted from 0. The wrapped schedule's own
 * steps come on top: a run of n steps takes `cosine` with n − `steps`.
 *
 * @example
 * const rate = warmup(cosine({ from: 0.1, steps: 900 }), { steps: 100 });
 * rate.at(50);  // 0.05
 * rate.at(100); // 0.1
 *
 * @throws DownhillError `invalid-argument` when `next` is no schedule or number, `steps` is not a whole number of at least 0, or a number is not finite.
 */
export function warmup(next: ScheduleLike, { steps, from = 0 }: WarmupOptions): Schedule {
  checkSchedule('warmup', { next });
  checkNumber('warmup', { steps }, { min: 0, integer: true });
  checkNumber('warmup', { from });
  return schedule({
    name: 'warmup',
    config: [next, { steps, from }],
    at: (t) => (t < steps ? blend(valueAt(next, 0), from, t / steps) : valueAt(next, t - steps)),
  });
}

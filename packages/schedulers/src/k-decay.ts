import { checkNumber, checkSchedule, complete, schedule, valueAt, type Schedule, type ScheduleLike } from '@downhill/core';
import { pow } from '@downhill/core/math';
import { REQUIRED } from './required.ts';

/** Options of {@link kDecay}. */
export interface KDecayOptions {
  /** The steps over which time is bent: those of the schedule. Whole, at least 1. */
  steps: number;
  /** k, above 0: above 1 stays longer at the first values and falls faster at the end, below 1 the other way; 1 changes nothing. */
  power: number;
}

/**
 * A schedule whose time runs slowly at first and fast at the end.
 *
 *     η(t) = schedule(steps · (t / steps)^power)        from `steps` on schedule(t)
 *
 * Zhang & Li 2020 (arXiv:2004.05909); timm's `k_decay`. It asks the schedule between its whole steps, which all of this
 * package allow. Steps are optimizer steps, counted from 0.
 *
 * @example
 * const rate = kDecay(linear({ from: 0.1, steps: 10 }), { steps: 10, power: 2 });
 * rate.at(5);  // 0.075
 * rate.at(10); // 0
 *
 * @throws DownhillError `invalid-argument` when `bent` is no schedule or number, `steps` is not a whole number of at least 1, or `power` is not above 0.
 */
export function kDecay(bent: ScheduleLike, options: KDecayOptions): Schedule {
  checkSchedule('kDecay', { bent });
  const { steps, power } = complete('kDecay', options, { steps: REQUIRED, power: REQUIRED });
  checkNumber('kDecay', { steps }, { min: 1, integer: true }, 'Pass the steps of the schedule.');
  checkNumber('kDecay', { power }, { above: 0 });
  return schedule({
    name: 'kDecay',
    config: [bent, { steps, power }],
    at: (t) => valueAt(bent, t < steps ? steps * pow(t / steps, power) : t),
  });
}

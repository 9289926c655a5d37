import { checkNumber, checkSchedule, schedule, valueAt, type Schedule, type ScheduleLike } from '@downhill/core';

/**
 * A schedule times a number: one shape for groups of parameters that learn at different rates.
 *
 *     η(t) = factor · schedule(t)
 *
 * Steps are optimizer steps, counted from 0.
 *
 * @example
 * const rate = scale(cosine({ from: 0.1, steps: 100 }), 0.5);
 * rate.at(0);  // 0.05
 * rate.at(50); // 0.025
 *
 * @throws DownhillError `invalid-argument` when `scaled` is no schedule or number, or `factor` is not finite.
 */
export function scale(scaled: ScheduleLike, factor: number): Schedule {
  checkSchedule('scale', { scaled });
  checkNumber('scale', { factor });
  return schedule({ name: 'scale', config: [scaled, factor], at: (t) => factor * valueAt(scaled, t) });
}

import { schedule, valueAt, type Schedule, type ScheduleLike } from '@downhill/core';
import { checkedSchedules } from './checked-schedules.ts';

/**
 * Several schedules added: a curve on a floor, or two curves.
 *
 *     η(t) = schedule₁(t) + schedule₂(t) + …
 *
 * A plain number stands for a constant. Steps are optimizer steps, counted from 0, the same for all.
 *
 * @example
 * const rate = sum([0.01, exponential({ from: 0.08, factor: 0.5 })]);
 * rate.at(0); // 0.09
 * rate.at(3); // 0.02
 *
 * @throws DownhillError `invalid-argument` when there is no schedule, or an entry is no schedule or number.
 */
export function sum(schedules: readonly ScheduleLike[]): Schedule {
  const terms = checkedSchedules('sum', schedules);
  return schedule({
    name: 'sum',
    config: [terms],
    at: (t) => terms.reduce<number>((value, term) => value + valueAt(term, t), 0),
  });
}

import { schedule, valueAt, type Schedule, type ScheduleLike } from '@downhill/core';
import { checkedSchedules } from './checked-schedules.ts';

/**
 * Several schedules multiplied: a rate, and factors that change it.
 *
 *     η(t) = schedule₁(t) · schedule₂(t) · …
 *
 * PyTorch's `ChainedScheduler` as far as its schedules multiply. A plain number stands for a constant. Steps are optimizer
 * steps, counted from 0, the same for all.
 *
 * @example
 * const rate = product([0.1, linear({ from: 0.5, to: 1, steps: 10 }), multiStep({ from: 1, milestones: [20] })]);
 * rate.at(0);  // 0.05
 * rate.at(20); // 0.01
 *
 * @throws DownhillError `invalid-argument` when there is no schedule, or an entry is no schedule or number.
 */
export function product(schedules: readonly ScheduleLike[]): Schedule {
  const factors = checkedSchedules('product', schedules);
  return schedule({
    name: 'product',
    config: [factors],
    at: (t) => factors.reduce<number>((value, factor) => value * valueAt(factor, t), 1),
  });
}

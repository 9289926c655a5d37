import { checkNumber, schedule, type Schedule } from '@downhill/core';

/** Options of {@link mySchedule}; say whose defaults these are. */
export interface MyScheduleOptions {
  /** The value at step 0. */
  from: number;
  /** The value from step `steps` on. @defaultValue 0 */
  to?: number;
  /** How many steps the way takes: whole, at least 1. */
  steps: number;
}

/**
 * A line from `from` to `to`, and `to` from then on. Write the equation of your schedule here, and the code below in the same letters.
 *
 *     η(t) = (1 − s) from + s to,   s = min(t / steps, 1)
 *
 * Cite its source. Steps are optimizer steps, counted from 0.
 *
 * @example
 * const rate = mySchedule({ from: 0.5, steps: 100 });
 * rate.at(50); // 0.25
 *
 * @throws DownhillError `invalid-argument` when `steps` is not a whole number of at least 1, or a number is not finite.
 */
export function mySchedule({ from, to = 0, steps }: MyScheduleOptions): Schedule {
  checkNumber('mySchedule', { from, to });
  checkNumber('mySchedule', { steps }, { min: 1, integer: true }, 'Pass batches per epoch × epochs.');
  return schedule({
    name: 'mySchedule',
    config: { from, to, steps },
    at(t) {
      const share = Math.min(t / steps, 1);
      return (1 - share) * from + share * to;
    },
  });
}

import { checkNumber, checkSchedule, complete, schedule, valueAt, type Schedule, type ScheduleLike } from '@downhill/core';
import { REQUIRED } from './required.ts';

/** Options of {@link perEpoch}. */
export interface PerEpochOptions {
  /** Optimizer steps in an epoch: whole, at least 1. */
  steps: number;
  /** Whether the value changes only between epochs; else a little with each step, at its share of an epoch. @defaultValue true (PyTorch's `scheduler.step()` after each epoch) */
  staircase?: boolean;
}

/**
 * A schedule that was written for epochs, by optimizer steps.
 *
 *     η(t) = schedule(⌊t / steps⌋)        without `staircase`: schedule(t / steps)
 *
 * Step 0 is the first of epoch 0. Without `staircase` it asks the schedule between its whole steps, which all of this package
 * allow.
 *
 * @example
 * const rate = perEpoch(linear({ from: 0.1, steps: 10 }), { steps: 400 });
 * rate.at(399);  // 0.1
 * rate.at(400);  // 0.09
 * rate.at(4000); // 0
 *
 * @throws DownhillError `invalid-argument` when `epochs` is no schedule or number, or `steps` is not a whole number of at least 1.
 */
export function perEpoch(epochs: ScheduleLike, options: PerEpochOptions): Schedule {
  checkSchedule('perEpoch', { epochs });
  const { steps, staircase } = complete('perEpoch', options, { steps: REQUIRED, staircase: true });
  checkNumber('perEpoch', { steps }, { min: 1, integer: true }, 'Pass the batches of an epoch.');
  return schedule({
    name: 'perEpoch',
    config: [epochs, { steps, staircase }],
    at: (t) => valueAt(epochs, staircase ? Math.floor(t / steps) : t / steps),
  });
}

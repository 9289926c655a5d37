import { checkNumber, complete, schedule, type Schedule } from '@downhill/core';
import { REQUIRED } from './required.ts';

/** Options of {@link inverseTime}; defaults from Keras' `InverseTimeDecay` and PyTorch's `Adagrad`. */
export interface InverseTimeOptions {
  /** The value at step 0. */
  from: number;
  /** How fast it falls, at least 0: after `every / rate` steps the value is half (Keras' `decay_rate`, `lr_decay` of PyTorch's `Adagrad`). */
  rate: number;
  /** The steps that `rate` counts in, above 0; may be fractional. @defaultValue 1 (PyTorch; Keras' `decay_steps`) */
  every?: number;
  /** Whether the value falls only after each `every` steps. @defaultValue false (Keras) */
  staircase?: boolean;
}

/**
 * Divided by a number that grows with the steps.
 *
 *     η(t) = from / (1 + rate · t / every)        staircase: t / every rounded down
 *
 * Keras' `InverseTimeDecay`, and the learning-rate decay inside PyTorch's `Adagrad`. Steps are optimizer steps, counted
 * from 0; the fall goes on forever, ever more slowly.
 *
 * @example
 * const rate = inverseTime({ from: 0.1, rate: 0.5 });
 * rate.at(2); // 0.05
 * rate.at(6); // 0.025
 *
 * @throws DownhillError `invalid-argument` when `rate` is below 0, `every` is not above 0, or a number is not finite.
 */
export function inverseTime(options: InverseTimeOptions): Schedule {
  const { from, rate, every, staircase } = complete('inverseTime', options, { from: REQUIRED, rate: REQUIRED, every: 1, staircase: false });
  checkNumber('inverseTime', { from });
  checkNumber('inverseTime', { rate }, { min: 0 });
  checkNumber('inverseTime', { every }, { above: 0 });
  return schedule({
    name: 'inverseTime',
    config: { from, rate, every, staircase },
    at: (t) => from / (1 + rate * (staircase ? Math.floor(t / every) : t / every)),
  });
}

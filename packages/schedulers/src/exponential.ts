import { checkNumber, complete, schedule, type Schedule } from '@downhill/core';
import { pow } from '@downhill/core/math';
import { REQUIRED } from './required.ts';

/** Options of {@link exponential}; defaults from PyTorch's `ExponentialLR` and Keras' `ExponentialDecay`. */
export interface ExponentialOptions {
  /** The value at step 0. */
  from: number;
  /** What the value is multiplied by over `every` steps, at least 0 (PyTorch's `gamma`, Keras' `decay_rate`). Above 1 it grows, in the end past what a number can hold. */
  factor: number;
  /** The steps that `factor` is spread over, above 0; may be fractional. @defaultValue 1 (PyTorch; Keras' `decay_steps`) */
  every?: number;
  /** Whether the value falls at once after `every` steps, instead of a little with each. @defaultValue false (Keras) */
  staircase?: boolean;
}

/**
 * Multiplied by the same factor over and over.
 *
 *     η(t) = from · factor^(t / every)        staircase: from · factor^⌊t / every⌋
 *
 * PyTorch's `ExponentialLR`, Keras' `ExponentialDecay`. (There is no `tf.train.exponentialDecay` in TensorFlow.js.) Steps
 * are optimizer steps, counted from 0; the fall goes on forever.
 *
 * @example
 * const rate = exponential({ from: 0.1, factor: 0.5, every: 1000 });
 * rate.at(1000); // 0.05
 * rate.at(2000); // 0.025
 *
 * @throws DownhillError `invalid-argument` when `factor` is below 0, `every` is not above 0, or a number is not finite.
 */
export function exponential(options: ExponentialOptions): Schedule {
  const { from, factor, every, staircase } = complete('exponential', options, {
    from: REQUIRED,
    factor: REQUIRED,
    every: 1,
    staircase: false,
  });
  checkNumber('exponential', { from });
  checkNumber('exponential', { factor }, { min: 0 });
  checkNumber('exponential', { every }, { above: 0 });
  return schedule({
    name: 'exponential',
    config: { from, factor, every, staircase },
    at: (t) => from * pow(factor, staircase ? Math.floor(t / every) : t / every),
  });
}

import { checkNumber, complete, schedule, type Schedule } from '@downhill/core';
import { exp } from '@downhill/core/math';
import { REQUIRED } from './required.ts';

/** Options of {@link naturalExp}; defaults from Keras' `ExponentialDecay`. */
export interface NaturalExpOptions {
  /** The value at step 0. */
  from: number;
  /** How fast it falls, at least 0: after `every / rate` steps the value is `from` / e (TensorFlow's `decay_rate`). */
  rate: number;
  /** The steps that `rate` counts in, above 0. @defaultValue 1 (as `exponential`; TensorFlow's `decay_steps`) */
  every?: number;
  /** Whether the value falls only after each `every` steps. @defaultValue false (TensorFlow) */
  staircase?: boolean;
}

/**
 * Falls by the natural exponential.
 *
 *     η(t) = from · e^(−rate · t / every)        staircase: t / every rounded down
 *
 * TensorFlow 1's `tf.train.natural_exp_decay`; `exponential` with a factor of e^−rate. Steps are optimizer steps, counted
 * from 0; the fall goes on forever.
 *
 * @example
 * const rate = naturalExp({ from: 0.1, rate: 1, every: 1000 });
 * rate.at(0);    // 0.1
 * rate.at(1000); // 0.036787944117144
 *
 * @throws DownhillError `invalid-argument` when `rate` is below 0, `every` is not above 0, or a number is not finite.
 */
export function naturalExp(options: NaturalExpOptions): Schedule {
  const { from, rate, every, staircase } = complete('naturalExp', options, { from: REQUIRED, rate: REQUIRED, every: 1, staircase: false });
  checkNumber('naturalExp', { from });
  checkNumber('naturalExp', { rate }, { min: 0 });
  checkNumber('naturalExp', { every }, { above: 0 });
  return schedule({
    name: 'naturalExp',
    config: { from, rate, every, staircase },
    at: (t) => from * exp(-rate * (staircase ? Math.floor(t / every) : t / every)),
  });
}

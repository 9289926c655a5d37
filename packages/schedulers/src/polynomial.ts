import { checkNumber, complete, schedule, type Schedule } from '@downhill/core';
import { pow } from '@downhill/core/math';
import { blend } from './blend.ts';
import { checkLength } from './check-length.ts';
import { REQUIRED } from './required.ts';

/** Options of {@link polynomial}; defaults from PyTorch's `PolynomialLR` and Keras' `PolynomialDecay`. */
export interface PolynomialOptions {
  /** The value at step 0. */
  from: number;
  /** The value at the end. @defaultValue 0 (PyTorch; Keras has 1e-4) */
  to?: number;
  /** How many steps the way takes: whole, at least 1. */
  steps: number;
  /** Above 0: 1 is a line, above 1 falls early, below 1 falls late. @defaultValue 1 (PyTorch and Keras) */
  power?: number;
  /**
   * Whether the value springs up again after the end instead of staying at `to`: the way is made longer by `steps` each
   * time, so that every spring is lower than the one before. @defaultValue false (Keras)
   */
  cycle?: boolean;
}

/**
 * A power of the share of steps that is left, and `to` from the end on.
 *
 *     η(t) = to + (from − to) · (1 − min(t, n) / n)^power        n = steps; cycle: n = steps · max(1, ⌈t / steps⌉)
 *
 * PyTorch's `PolynomialLR`, Keras' `PolynomialDecay`. (There is no `tf.train.polynomialDecay` in TensorFlow.js.) Steps are
 * optimizer steps, counted from 0: the last of the way, `steps` − 1, is one short of `to`.
 *
 * @example
 * const rate = polynomial({ from: 0.1, steps: 100, power: 2 });
 * rate.at(50);  // 0.025
 * rate.at(100); // 0
 *
 * @throws DownhillError `invalid-argument` when `steps` is not a whole number of at least 1, `power` is not above 0, or a number is not finite.
 */
export function polynomial(options: PolynomialOptions): Schedule {
  const { from, to, steps, power, cycle } = complete('polynomial', options, {
    from: REQUIRED,
    to: 0,
    steps: REQUIRED,
    power: 1,
    cycle: false,
  });
  checkNumber('polynomial', { from, to });
  checkLength('polynomial', { steps });
  checkNumber('polynomial', { power }, { above: 0 });
  return schedule({
    name: 'polynomial',
    config: { from, to, steps, power, cycle },
    at(t) {
      const n = cycle ? steps * Math.max(1, Math.ceil(t / steps)) : steps;
      return blend(from, to, pow(1 - Math.min(t / n, 1), power));
    },
  });
}

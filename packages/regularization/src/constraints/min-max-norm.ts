import { add, checkNumber, clamp, complete, DownhillError, kernelsOnly, mul } from '@downhill/core';
import * as tf from '@tensorflow/tfjs-core';
import type { Constraint } from './constraint.ts';
import { normConstraint, type NormOptions } from './norm-constraint.ts';

/** Options of {@link minMaxNorm}. */
export interface MinMaxNormOptions extends NormOptions {
  /** The smallest norm, at least 0. @defaultValue 0 (Keras) */
  minValue?: number;
  /** The largest norm, at least `minValue` and above 0. @defaultValue 1 (Keras) */
  maxValue?: number;
  /** How far a norm outside goes towards the limit in one step, in [0, 1]; below 1 the limits hold only in the long run. @defaultValue 1 (Keras) */
  rate?: number;
}

/**
 * Every norm between two limits.
 *
 *     w ← w · (rate · clamp(‖w‖, minValue, maxValue) + (1 − rate) ‖w‖) / (ε + ‖w‖)
 *
 * Keras's `MinMaxNorm`. A group of zeros has no direction to grow in and stays as it is.
 *
 * @example
 * const rule = minMaxNorm({ minValue: 1, maxValue: 2, epsilon: 1e-30 });
 * [...rule.apply(tf.tensor2d([[0.5, 8]])).dataSync()]; // [1, 2]
 *
 * @throws DownhillError `invalid-argument` where a number is out of its range, an axis is no whole number or the mask is
 * none; at the first step `shape-mismatch` where a weight has no such axis.
 */
export function minMaxNorm(options: MinMaxNormOptions = {}): Constraint {
  const config = complete('minMaxNorm', options, { minValue: 0, maxValue: 1, rate: 1, axis: 0, epsilon: 1e-7, mask: kernelsOnly });
  const { minValue, maxValue, rate } = config;
  checkNumber('minMaxNorm', { minValue }, { min: 0 });
  checkNumber('minMaxNorm', { maxValue }, { above: 0 });
  checkNumber('minMaxNorm', { rate }, { min: 0, max: 1 });
  checkLimits('minMaxNorm', minValue, maxValue);
  // Without the second term at a rate of 1: 0 times a norm that overflowed is NaN.
  return normConstraint('minMaxNorm', config, {
    symbols(norm) {
      const inside = clamp(norm, minValue, maxValue);
      return rate === 1 ? inside : add(mul(inside, rate), mul(norm, 1 - rate));
    },
    tensors(norm) {
      const inside = tf.minimum(tf.maximum(norm, minValue), maxValue);
      return rate === 1 ? inside : tf.add(tf.mul(inside, rate), tf.mul(norm, 1 - rate));
    },
  });
}

/** @throws DownhillError `invalid-argument` where the lower limit is above the upper. */
export function checkLimits(source: string, minValue: number, maxValue: number): void {
  if (minValue <= maxValue) return;
  throw new DownhillError({
    code: 'invalid-argument',
    source,
    problem: `\`minValue\` must be at most \`maxValue\` (${maxValue}), got ${minValue}`,
  });
}

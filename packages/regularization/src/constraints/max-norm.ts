import { checkNumber, complete, kernelsOnly, min } from '@downhill/core';
import { minimum } from '@tensorflow/tfjs-core';
import type { Constraint } from './constraint.ts';
import { normConstraint, type NormOptions } from './norm-constraint.ts';

/** Options of {@link maxNorm}. */
export interface MaxNormOptions extends NormOptions {
  /** The largest norm, above 0. @defaultValue 2 (Keras); Srivastava et al. use 3 to 4 with dropout */
  maxValue?: number;
}

/**
 * No norm above `maxValue`: longer ones are cut to it, which lets a network with dropout train at high learning rates.
 *
 *     w ← w · min(‖w‖, maxValue) / (ε + ‖w‖)
 *
 * Srivastava et al. 2014 (JMLR 15), section 5.1; Keras's `MaxNorm`. Convolution kernels `[height, width, in, out]` want
 * `axis: [0, 1, 2]`; `axis: 'incoming'` is right for all kernels at once.
 *
 * @example
 * const rule = maxNorm({ maxValue: 2.5, epsilon: 1e-30 });
 * [...rule.apply(tf.tensor2d([[3, 0], [4, 1]])).dataSync()]; // [1.5, 0, 2, 1]
 *
 * @throws DownhillError `invalid-argument` where a number is out of its range, an axis is no whole number or the mask is
 * none; at the first step `shape-mismatch` where a weight has no such axis.
 */
export function maxNorm(options: MaxNormOptions = {}): Constraint {
  const config = complete('maxNorm', options, { maxValue: 2, axis: 0, epsilon: 1e-7, mask: kernelsOnly });
  const { maxValue } = config;
  checkNumber('maxNorm', { maxValue }, { above: 0 });
  return normConstraint('maxNorm', config, {
    symbols: (norm) => min(norm, maxValue),
    tensors: (norm) => minimum(norm, maxValue),
  });
}

import { complete, kernelsOnly } from '@downhill/core';
import type { Constraint } from './constraint.ts';
import { normConstraint, type NormOptions } from './norm-constraint.ts';

/** Options of {@link unitNorm}. */
export type UnitNormOptions = NormOptions;

/**
 * Every norm is 1; a group of zeros stays one.
 *
 *     w ← w / (ε + ‖w‖)
 *
 * Keras's `UnitNorm`.
 *
 * @example
 * const rule = unitNorm({ epsilon: 1e-30 });
 * [...rule.apply(tf.tensor2d([[0, 8], [4, 0]])).dataSync()]; // [0, 1, 1, 0]
 *
 * @throws DownhillError `invalid-argument` where `epsilon` is not above 0, an axis is no whole number or the mask is none; at
 * the first step `shape-mismatch` where a weight has no such axis.
 */
export function unitNorm(options: UnitNormOptions = {}): Constraint {
  const config = complete('unitNorm', options, { axis: 0, epsilon: 1e-7, mask: kernelsOnly });
  return normConstraint('unitNorm', config, { symbols: () => 1, tensors: () => 1 });
}

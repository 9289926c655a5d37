import { complete, kernelsOnly, max, type Mask } from '@downhill/core';
import { maximum } from '@tensorflow/tfjs-core';
import { makeConstraint, type Constraint } from './constraint.ts';

/** Options of {@link nonNegative}. */
export interface NonNegativeOptions {
  /** Which weights it acts on. @defaultValue `kernelsOnly`: no biases, no norms */
  mask?: Mask;
}

/**
 * No weight below 0: what is, becomes 0.
 *
 *     w ← max(w, 0)
 *
 * Keras's `NonNeg`.
 *
 * @example
 * const rule = nonNegative();
 * [...rule.apply(tf.tensor1d([-1, 2])).dataSync()]; // [0, 2]
 *
 * @throws DownhillError `invalid-argument` where the mask is none.
 */
export function nonNegative(options: NonNegativeOptions = {}): Constraint {
  const config = complete('nonNegative', options, { mask: kernelsOnly });
  return makeConstraint({
    name: 'nonNegative',
    config,
    mask: config.mask,
    weights: (w) => max(w, 0),
    apply: (w) => maximum(w, 0),
  });
}

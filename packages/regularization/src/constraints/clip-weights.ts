import { checkNumber, clamp, complete, kernelsOnly, type Mask } from '@downhill/core';
import { maximum, minimum } from '@tensorflow/tfjs-core';
import { makeConstraint, type Constraint } from './constraint.ts';
import { checkLimits } from './min-max-norm.ts';

/** Options of {@link clipWeights}. */
export interface ClipWeightsOptions {
  /** The smallest weight. @defaultValue -0.01 (Arjovsky et al. 2017) */
  minValue?: number;
  /** The largest weight, at least `minValue`. @defaultValue 0.01 (Arjovsky et al. 2017) */
  maxValue?: number;
  /** Which weights it acts on. @defaultValue `kernelsOnly`: no biases, no norms */
  mask?: Mask;
}

/**
 * Every weight between two limits.
 *
 *     w ← clamp(w, minValue, maxValue)
 *
 * Arjovsky et al. 2017 (arXiv:1701.07875), algorithm 1, line 7, clips all of a critic's weights: there with `mask: {}`.
 *
 * @example
 * const rule = clipWeights({ minValue: -1, maxValue: 1 });
 * [...rule.apply(tf.tensor1d([-3, 0.5])).dataSync()]; // [-1, 0.5]
 *
 * @throws DownhillError `invalid-argument` where a limit is no number, the lower is above the upper or the mask is none.
 */
export function clipWeights(options: ClipWeightsOptions = {}): Constraint {
  const config = complete('clipWeights', options, { minValue: -0.01, maxValue: 0.01, mask: kernelsOnly });
  const { minValue, maxValue, mask } = config;
  checkNumber('clipWeights', { minValue, maxValue });
  checkLimits('clipWeights', minValue, maxValue);
  return makeConstraint({
    name: 'clipWeights',
    config,
    mask,
    weights: (w) => clamp(w, minValue, maxValue),
    apply: (w) => minimum(maximum(w, minValue), maxValue),
  });
}

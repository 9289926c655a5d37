import { checkNumber } from '@downhill/core';
import { classTargets, softTargetCrossEntropy, withGradient } from '@downhill/tfjs';
import type { Loss } from '@downhill/training';
import { add, exp, expandDims, logSoftmax, mul, neg, sub, sum, tidy, type Tensor } from '@tensorflow/tfjs-core';

/** Options of {@link confidencePenalty}. */
export interface ConfidencePenaltyOptions {
  /** How much entropy is worth, at least 0. @defaultValue 0.1 (Pereyra et al. 2017, for CIFAR-10) */
  readonly beta?: number;
}

/**
 * The cross-entropy of a softmax, less what the entropy of the prediction is worth. One value an example.
 *
 *     loss = −Σₖ yₖ log pₖ − β H(p),   H(p) = −Σₖ pₖ log pₖ
 *
 * Pereyra et al. 2017, equation 3 (arXiv:1701.06548). Targets are class numbers or rows; predictions are logits `[..., classes]`.
 *
 * @example
 * const loss = confidencePenalty({ beta: 0.1 });
 * loss(tf.tensor1d([1], 'int32'), tf.zeros([1, 2])).shape; // [1]
 *
 * @throws DownhillError `invalid-argument` for a negative `beta`; the loss throws as `classTargets`.
 */
export function confidencePenalty({ beta = 0.1 }: ConfidencePenaltyOptions = {}): Loss {
  checkNumber('confidencePenalty', { beta }, { min: 0 });
  return (ys, logits) =>
    tidy(() => {
      const targets = classTargets('confidencePenalty', ys, logits);
      return sub(softTargetCrossEntropy(targets, logits), mul(beta, entropy(logits)));
    });
}

// ∂H/∂zⱼ = −pⱼ (log pⱼ + H). A probability that underflows to 0 has a finite logarithm here, and so counts nothing.
const entropy = /* @__PURE__ */ withGradient((logits: Tensor) => {
  const logProbabilities = logSoftmax(logits);
  const value = neg(sum(mul(exp(logProbabilities), logProbabilities), -1));
  return {
    value,
    saved: [logProbabilities, value],
    gradients: (dy, [logP, h]) => [mul(expandDims(dy, -1), neg(mul(exp(logP), add(logP, expandDims(h, -1)))))],
  };
});

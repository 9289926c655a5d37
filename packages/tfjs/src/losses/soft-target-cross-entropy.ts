import { exp, expandDims, logSoftmax, mul, neg, sub, sum, tidy, type Tensor } from '@tensorflow/tfjs-core';
import { withGradient } from '../with-gradient.ts';
import { classTargets } from './class-targets.ts';

/**
 * The cross-entropy of a softmax with soft targets: what mixed labels, a teacher or an ensemble give. One value an example, of which
 * the loop and `fit` take the mean.
 *
 *     lossᵢ = −Σₖ qᵢₖ log pᵢₖ,   pᵢ = softmax(zᵢ)
 *     ∂lossᵢ/∂zᵢ = pᵢ Σₖ qᵢₖ − qᵢ,   ∂lossᵢ/∂qᵢ = −log pᵢ
 *
 * Logits z are `[..., classes]`; targets q are rows like them, or class numbers. The logarithm of the softmax is taken at once, so
 * that saturated logits give finite numbers.
 *
 * @example
 * const loss = softTargetCrossEntropy(tf.tensor2d([[0.5, 0.5]]), tf.zeros([1, 2]));
 * loss.shape; // [1]
 *
 * @throws DownhillError as `classTargets`: `shape-mismatch` where `ys` fits neither way, `data-invalid` for a class number that there is not.
 */
export function softTargetCrossEntropy(ys: Tensor, logits: Tensor): Tensor {
  return tidy(() => crossEntropy(classTargets('softTargetCrossEntropy', ys, logits), logits));
}

const crossEntropy = /* @__PURE__ */ withGradient((targets: Tensor, logits: Tensor) => {
  const logProbabilities = logSoftmax(logits);
  return {
    value: neg(sum(mul(targets, logProbabilities), -1)),
    saved: [targets, logProbabilities],
    gradients(dy, [q, logP]) {
      const each = expandDims(dy, -1);
      return [mul(each, neg(logP)), mul(each, sub(mul(exp(logP), sum(q, -1, true)), q))];
    },
  };
});

import { checkNumber, DownhillError } from '@downhill/core';
import { classTargets, softTargetCrossEntropy, withGradient } from '@downhill/tfjs';
import type { Loss } from '@downhill/training';
import { add, exp, expandDims, logSoftmax, mul, neg, sub, sum, tidy, unstack, type Tensor } from '@tensorflow/tfjs-core';

/** Options of {@link rDrop}. */
export interface RDropOptions {
  /** Weight of the divergence between the passes, at least 0. @defaultValue 1 (Liang et al. 2021 use 1 to 5, for ViT 0.6) */
  readonly alpha?: number;
}

/**
 * Two passes of one batch under different dropout must agree. One value an example.
 *
 *     loss = ½ (ce₁ + ce₂) + α ½ (KL(p₁ ‖ p₂) + KL(p₂ ‖ p₁))
 *
 * Liang et al. 2021, equations 2 and 3, in the authors' scaling (arXiv:2106.14448). Predictions are the logits of both passes, `[batch, 2, classes]`,
 * as `twoPasses` gives them in training; logits of one pass `[batch, classes]`, as in evaluation, give the cross-entropy.
 * Targets are class numbers `[batch]` or rows `[batch, classes]`.
 *
 * @example
 * const loss = rDrop({ alpha: 1 });
 * loss(tf.tensor1d([1], 'int32'), tf.zeros([1, 2, 3])).shape; // [1]
 *
 * @throws DownhillError `invalid-argument` for a negative `alpha`; the loss throws as `classTargets`.
 */
export function rDrop({ alpha = 1 }: RDropOptions = {}): Loss {
  checkNumber('rDrop', { alpha }, { min: 0 });
  return (ys, predictions) =>
    tidy(() => {
      if (predictions.rank === 2) return softTargetCrossEntropy(ys, predictions);
      const [first, second] = bothPasses(predictions);
      const targets = classTargets('rDrop', ys, first);
      const fits = mul(0.5, add(softTargetCrossEntropy(targets, first), softTargetCrossEntropy(targets, second)));
      return add(fits, mul(alpha / 2, divergence(first, second)));
    });
}

// KL(p‖q) + KL(q‖p) = Σ (p − q)(log p − log q), d = log p − log q.  ∂/∂zⱼ of p = pⱼ (dⱼ − Σ p d) + pⱼ − qⱼ, and so for q.
const divergence = /* @__PURE__ */ withGradient((first: Tensor, second: Tensor) => {
  const [logP, logQ] = [logSoftmax(first), logSoftmax(second)];
  return {
    value: sum(mul(sub(exp(logP), exp(logQ)), sub(logP, logQ)), -1),
    saved: [logP, logQ],
    gradients(dy, [a, b]) {
      const outer = expandDims(dy, -1);
      const [p, q, d] = [exp(a), exp(b), sub(a, b)];
      const apart = sub(p, q);
      return [mul(outer, add(centred(p, d), apart)), mul(outer, sub(centred(q, neg(d)), apart))];
    },
  };
});

/** p (d − Σ p d) */
const centred = (p: Tensor, d: Tensor): Tensor => mul(p, sub(d, sum(mul(p, d), -1, true)));

function bothPasses(predictions: Tensor): [Tensor, Tensor] {
  if (predictions.rank === 3 && predictions.shape[1] === 2) return unstack(predictions, 1) as [Tensor, Tensor];
  throw new DownhillError({
    code: 'shape-mismatch',
    source: 'rDrop',
    problem: `the predictions must be the logits of two passes [batch, 2, classes], or of one [batch, classes], got [${predictions.shape.join(', ')}]`,
    advice: 'twoPasses(model) makes a model of them.',
  });
}

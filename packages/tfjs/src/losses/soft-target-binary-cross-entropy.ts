import { DownhillError } from '@downhill/core';
import { abs, add, cast, exp, log1p, mean, mul, neg, relu, sigmoid, sub, tidy, type Tensor } from '@tensorflow/tfjs-core';
import { withGradient } from '../with-gradient.ts';

/**
 * The cross-entropy of a sigmoid with soft targets, each output for itself and averaged over the last axis. One value an example.
 *
 *     lossᵢ = meanₖ max(zᵢₖ, 0) − zᵢₖ tᵢₖ + log(1 + e^−|zᵢₖ|),   ∂lossᵢ/∂zᵢₖ = (σ(zᵢₖ) − tᵢₖ) / K
 *
 * `ys` and `logits` have one shape, `[..., outputs]`.
 *
 * @example
 * const loss = softTargetBinaryCrossEntropy(tf.tensor2d([[1, 0.5]]), tf.zeros([1, 2]));
 * loss.shape; // [1]
 *
 * @throws DownhillError `shape-mismatch` where the shapes differ.
 */
export function softTargetBinaryCrossEntropy(ys: Tensor, logits: Tensor): Tensor {
  return tidy(() => mean(crossEntropies(binaryTargets('softTargetBinaryCrossEntropy', ys, logits), logits), -1));
}

/** Targets of outputs that stand for themselves, as floats. @throws DownhillError `shape-mismatch` */
export function binaryTargets(source: string, ys: Tensor, logits: Tensor): Tensor {
  if (logits.rank > 0 && ys.shape.join() === logits.shape.join()) return cast(ys, 'float32');
  throw new DownhillError({
    code: 'shape-mismatch',
    source,
    problem: `\`ys\` must have the shape of the predictions [${logits.shape.join(', ')}], got [${ys.shape.join(', ')}]`,
    advice: 'Pass one number from 0 to 1 for each output of each example.',
  });
}

const crossEntropies = /* @__PURE__ */ withGradient((targets: Tensor, logits: Tensor) => ({
  value: add(sub(relu(logits), mul(logits, targets)), log1p(exp(neg(abs(logits))))),
  saved: [targets, logits],
  gradients: (dy, [t, z]) => [mul(dy, neg(z)), mul(dy, sub(sigmoid(z), t))],
}));

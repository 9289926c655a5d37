import { checkNumber, DownhillError, show } from '@downhill/core';
import { binaryTargets, withGradient } from '@downhill/tfjs';
import type { Loss } from '@downhill/training';
import { abs, add, exp, log1p, maximum, mean, mul, neg, pow, relu, sigmoid, sub, tidy, type Tensor } from '@tensorflow/tfjs-core';

/** Options of {@link focalSigmoid}. */
export interface FocalSigmoidOptions {
  /** Weight of the ones, in [0, 1], of the zeros 1 − α; -1 for no weights. @defaultValue 0.25 (Lin et al. 2017, section 5.1; torchvision) */
  readonly alpha?: number;
  /** How much easy outputs are played down, at least 0. @defaultValue 2 (Lin et al. 2017, section 5.1; torchvision) */
  readonly gamma?: number;
}

/**
 * The focal loss of a sigmoid, each output for itself. One value an example, the mean over its outputs.
 *
 *     loss = αₜ (1 − pₜ)^γ ce,   pₜ = p t + (1 − p)(1 − t),   αₜ = α t + (1 − α)(1 − t)
 *
 * Lin et al. 2017, equation 5 (arXiv:1708.02002); `torchvision.ops.sigmoid_focal_loss` with reduction "mean". Targets and logits have
 * one shape, `[..., outputs]`.
 *
 * @example
 * const loss = focalSigmoid();
 * loss(tf.tensor2d([[1, 0]]), tf.zeros([1, 2])).shape; // [1]
 *
 * @throws DownhillError `invalid-argument` for a negative `gamma`, or an `alpha` that is neither in [0, 1] nor -1; the loss throws
 * `shape-mismatch`.
 */
export function focalSigmoid({ alpha = 0.25, gamma = 2 }: FocalSigmoidOptions = {}): Loss {
  checkNumber('focalSigmoid', { gamma }, { min: 0 });
  if (alpha !== -1 && !(alpha >= 0 && alpha <= 1))
    throw new DownhillError({
      code: 'invalid-argument',
      source: 'focalSigmoid',
      problem: `\`alpha\` must be a number from 0 to 1, or -1 for no weights, got ${show(alpha)}`,
    });
  const focal = withGradient((targets: Tensor, logits: Tensor) => ({
    value: mul(mul(weights(targets, alpha), pow(wrong(targets, logits), gamma)), crossEntropies(targets, logits)),
    saved: [targets, logits],
    gradients(dy, [t, z]) {
      const m = wrong(t, z);
      const [p, q] = [sigmoid(z), sigmoid(neg(z))];
      const ce = crossEntropies(t, z);
      const [byTarget, byLogit] = [sub(q, p), mul(sub(1, mul(2, t)), mul(p, q))]; // of m
      const through = mul(gamma, mul(pow(m, gamma - 1), ce));
      const value = mul(pow(m, gamma), ce);
      const w = weights(t, alpha);
      const dz = mul(w, add(mul(sub(p, t), pow(m, gamma)), mul(through, byLogit)));
      const dt = add(mul(w, add(mul(neg(z), pow(m, gamma)), mul(through, byTarget))), mul(alpha === -1 ? 0 : 2 * alpha - 1, value));
      return [mul(dy, dt), mul(dy, dz)];
    },
  }));
  return (ys, logits) => tidy(() => mean(focal(binaryTargets('focalSigmoid', ys, logits), logits), -1));
}

/** 1 − pₜ without cancellation; kept above 0 for powers below 0, which the other factors make 0 again. */
const wrong = (t: Tensor, z: Tensor): Tensor => maximum(add(mul(t, sigmoid(neg(z))), mul(sub(1, t), sigmoid(z))), 1e-30);

const weights = (t: Tensor, alpha: number): Tensor | number => (alpha === -1 ? 1 : add(mul(t, 2 * alpha - 1), 1 - alpha));

const crossEntropies = (t: Tensor, z: Tensor): Tensor => add(sub(relu(z), mul(z, t)), log1p(exp(neg(abs(z)))));

import { checkNumber } from '@downhill/core';
import { classTargets, withGradient } from '@downhill/tfjs';
import type { Loss } from '@downhill/training';
import { exp, expandDims, expm1, logSoftmax, maximum, mul, neg, pow, sub, sum, tidy, type Tensor } from '@tensorflow/tfjs-core';

/** Options of {@link focalSoftmax}. */
export interface FocalSoftmaxOptions {
  /** How much easy examples are played down, at least 0; at 0 it is the cross-entropy. @defaultValue 2 (Lin et al. 2017, section 5.1) */
  readonly gamma?: number;
}

/**
 * The focal loss of a softmax: examples that are classified well count little. One value an example.
 *
 *     loss = −Σₖ yₖ (1 − pₖ)^γ log pₖ
 *
 * Lin et al. 2017, equation 4, over classes (arXiv:1708.02002); its weights α are {@link classWeighted}. Targets are class numbers or
 * rows; predictions are logits `[..., classes]`.
 *
 * @example
 * const loss = focalSoftmax({ gamma: 2 });
 * loss(tf.tensor1d([1], 'int32'), tf.zeros([1, 2])).shape; // [1]
 *
 * @throws DownhillError `invalid-argument` for a negative `gamma`; the loss throws as `classTargets`.
 */
export function focalSoftmax({ gamma = 2 }: FocalSoftmaxOptions = {}): Loss {
  checkNumber('focalSoftmax', { gamma }, { min: 0 });
  // aₖ = pₖ ∂/∂pₖ of a class's term = γ (1 − pₖ)^(γ−1) pₖ log pₖ − (1 − pₖ)^γ;  ∂loss/∂zⱼ = yⱼ aⱼ − pⱼ Σₖ yₖ aₖ
  const focal = withGradient((targets: Tensor, logits: Tensor) => {
    const logProbabilities = logSoftmax(logits);
    const terms = neg(mul(pow(rest(logProbabilities), gamma), logProbabilities));
    return {
      value: sum(mul(targets, terms), -1),
      saved: [targets, logProbabilities, terms],
      gradients(dy, [y, logP, each]) {
        const p = exp(logP);
        const q = rest(logP);
        const a = sub(mul(gamma, mul(pow(q, gamma - 1), mul(p, logP))), pow(q, gamma));
        const ya = mul(y, a);
        const outer = expandDims(dy, -1);
        return [mul(outer, each), mul(outer, sub(ya, mul(p, sum(ya, -1, true))))];
      },
    };
  });
  return (ys, logits) => tidy(() => focal(classTargets('focalSoftmax', ys, logits), logits));
}

/** 1 − p without cancellation; kept above 0, where a power below 0 would make infinity of what log p makes 0 again. */
const rest = (logProbabilities: Tensor): Tensor => maximum(neg(expm1(logProbabilities)), 1e-30);

import { checkNumber, DownhillError } from '@downhill/core';
import { withGradient } from '@downhill/tfjs';
import {
  div,
  equal,
  matMul,
  maximum,
  mul,
  norm,
  onesLike,
  reshape,
  sub,
  sum,
  tidy,
  where,
  type Rank,
  type Scalar,
  type Tensor,
  type Tensor1D,
} from '@tensorflow/tfjs-core';

/** Options of {@link spectralNormalization}. */
export interface SpectralNormalizationOptions {
  /** An estimate of the first left singular vector, `[outputs]`, of any length but 0: where the iteration begins. */
  readonly u: Tensor;
  /** Steps of the power iteration; 0 takes `u` as it is. @defaultValue 1 (Miyato et al. 2018, section 2.1) */
  readonly iterations?: number;
  /** Vectors shorter than this are not stretched to length 1. @defaultValue 1e-12 (torch.nn.utils.spectral_norm) */
  readonly epsilon?: number;
}

/** What {@link spectralNormalization} gives. */
export interface SpectrallyNormalized {
  /** The kernel over σ, shaped like the kernel. */
  kernel: Tensor;
  /** The estimate of the largest singular value. */
  sigma: Scalar;
  /** The vectors that the iteration came to, of length 1: the next call's `u`. */
  u: Tensor1D;
  v: Tensor1D;
}

/**
 * A kernel divided by an estimate of its largest singular value, with its gradient.
 *
 *     v ← Mᵀu / ‖Mᵀu‖,  u ← M v / ‖M v‖,  σ = uᵀ M v,  Ŵ = W / σ
 *     dW = (dŴ − ⟨dŴ, Ŵ⟩ u vᵀ) / σ
 *
 * Miyato et al. 2018, algorithm 1 and equation 12 (arXiv:1802.05957), as `torch.nn.utils.spectral_norm`: M has a row for each output, the
 * last axis of the kernel; u and v count as constants in the gradient. A kernel of zeros stays as it is.
 *
 * @example
 * const { sigma } = spectralNormalization(tf.tensor2d([[3, 0], [0, 2]]), { u: tf.tensor1d([1, 0]) });
 * sigma.dataSync()[0]; // 3
 *
 * @throws DownhillError `invalid-argument` for options out of range, `shape-mismatch` where `u` has not one number an output.
 */
export function spectralNormalization(
  kernel: Tensor,
  { u: begin, iterations = 1, epsilon = 1e-12 }: SpectralNormalizationOptions,
): SpectrallyNormalized {
  checkNumber('spectralNormalization', { iterations }, { min: 0, integer: true });
  checkNumber('spectralNormalization', { epsilon }, { min: 0 });
  const outputs = kernel.shape.at(-1) ?? 1;
  if (kernel.rank < 2 || begin.shape.join() !== String(outputs))
    throw new DownhillError({
      code: 'shape-mismatch',
      source: 'spectralNormalization',
      problem: `\`u\` must have one number for each output, the last axis of the kernel [${kernel.shape.join(', ')}], got shape [${begin.shape.join(', ')}]`,
    });
  const rows = kernel.size / outputs;
  return tidy((): { kernel: Tensor; sigma: Scalar; u: Tensor1D; v: Tensor1D } => {
    const transposed = reshape(kernel, [rows, outputs]); // Mᵀ
    const unit = (x: Tensor): Tensor => div(x, maximum(norm(x), epsilon));
    let u = unit(reshape(begin, [outputs, 1]));
    let v = unit(matMul(transposed, u));
    for (let i = 0; i < iterations; i++) {
      if (i > 0) v = unit(matMul(transposed, u));
      u = unit(matMul(transposed, v, true));
    }
    const sigma = reshape<Rank.R0>(matMul(v, matMul(transposed, u), true), []);
    const divisor = where(equal(sigma, 0), onesLike(sigma), sigma);
    const divide = withGradient((weights: Tensor) => {
      const value = div(weights, divisor);
      return {
        value,
        saved: [value, divisor, u, v],
        gradients: (dy, [normalized, by, left, right]) => {
          const outer = reshape(matMul(right, left, false, true), weights.shape);
          return [div(sub(dy, mul(sum(mul(dy, normalized)), outer)), by)];
        },
      };
    });
    return { kernel: divide(kernel), sigma, u: reshape(u, [outputs]), v: reshape(v, [rows]) };
  });
}

import { checkNumber, checkOneOf, DownhillError } from '@downhill/core';
import { withGradient } from '@downhill/tfjs';
import { add, div, maximum, mean, mul, reshape, sqrt, square, sub, sum, type Tensor } from '@tensorflow/tfjs-core';

/** Options of {@link weightStandardization}. */
export interface WeightStandardizationOptions {
  /** `qiao`: by the unbiased deviation plus ε; `biased`: by the root of the biased variance plus ε. @defaultValue 'qiao' */
  readonly kind?: 'qiao' | 'biased';
  /** At least 0. @defaultValue 1e-5 for `qiao` (the authors' code), 1e-6 for `biased` (timm's StdConv2d) */
  readonly epsilon?: number;
}

/** The options with their defaults. @throws DownhillError `invalid-argument` */
export function checkStandardization({
  kind = 'qiao',
  epsilon = kind === 'qiao' ? 1e-5 : 1e-6,
}: WeightStandardizationOptions): Required<WeightStandardizationOptions> {
  checkOneOf('weightStandardization', 'kind', kind, ['qiao', 'biased']);
  checkNumber('weightStandardization', { epsilon }, { min: 0 });
  return { kind, epsilon };
}

/**
 * A kernel whose weights have mean 0 and variance 1 for each output, with its gradient. Multiply or convolve by what comes back.
 *
 *     qiao:   ŵ = (w − μ) / (s + ε),   s² = Σ (w − μ)² / (n − 1)
 *     biased: ŵ = (w − μ) / √(σ² + ε),   σ² = Σ (w − μ)² / n
 *
 * Qiao et al. 2019, equation 7 (arXiv:1903.10520). The last axis is that of the outputs, as in dense `[in, out]` and convolution
 * `[height, width, in, out]` kernels; n is the product of the others.
 *
 * @example
 * const kernel = weightStandardization(tf.tensor2d([[1], [3]]), { kind: 'biased', epsilon: 0 });
 * kernel.dataSync(); // new Float32Array([-1, 1])
 *
 * @throws DownhillError `invalid-argument` for a negative `epsilon` or another kind, `shape-mismatch` where an output has fewer than two weights.
 */
export function weightStandardization(kernel: Tensor, options: WeightStandardizationOptions = {}): Tensor {
  const { kind, epsilon } = checkStandardization(options);
  const outputs = kernel.shape.at(-1) ?? 1;
  const n = kernel.size / outputs;
  if (kernel.rank < 2 || n < 2)
    throw new DownhillError({
      code: 'shape-mismatch',
      source: 'weightStandardization',
      problem: `\`kernel\` must have two weights or more for each output, the last axis, got shape [${kernel.shape.join(', ')}]`,
    });
  const divisor = kind === 'qiao' ? n - 1 : n;
  const standardize = withGradient((w: Tensor) => {
    const rows = reshape(w, [n, outputs]);
    const centred = sub(rows, mean(rows, 0, true));
    const variance = div(sum(square(centred), 0, true), divisor);
    // Equal weights have no deviation, and are 0 whatever they are divided by.
    const deviation = maximum(sqrt(kind === 'qiao' ? variance : add(variance, epsilon)), 1e-30);
    const scale = kind === 'qiao' ? add(deviation, epsilon) : deviation;
    return {
      value: reshape(div(centred, scale), w.shape),
      saved: [centred, deviation, scale],
      gradients(dy, [c, s, by]) {
        const d = reshape(dy, [n, outputs]);
        // c / by, where ∂by/∂c = c / (divisor · s)
        const through = div(sum(mul(d, c), 0, true), mul(mul(square(by), s), divisor));
        const dc = sub(div(d, by), mul(c, through));
        return [reshape(sub(dc, mean(dc, 0, true)), w.shape)];
      },
    };
  });
  return standardize(kernel);
}

import { checkNumber, DownhillError } from '@downhill/core';
import { withGradient } from '@downhill/tfjs';
import {
  add,
  div,
  mean,
  moments,
  mul,
  ones,
  reshape,
  sqrt,
  sub,
  sum,
  tidy,
  zeros,
  type Tensor,
  type Tensor1D,
} from '@tensorflow/tfjs-core';

/** Options of {@link normalizeBatch}. */
export interface NormalizeBatchOptions {
  /** Scale of each channel, `[channels]`. @defaultValue ones: Keras's `scale: false` */
  readonly gamma?: Tensor;
  /** Offset of each channel, `[channels]`. @defaultValue zeros: Keras's `center: false` */
  readonly beta?: Tensor;
  /** Above 0. @defaultValue 1e-3 (Keras; PyTorch has 1e-5) */
  readonly epsilon?: number;
}

/** What {@link normalizeBatch} gives. */
export interface NormalizedBatch {
  y: Tensor;
  /** Of the batch, `[channels]`. */
  mean: Tensor1D;
  /** Of the batch, biased: the sum of squares over `count`. */
  variance: Tensor1D;
}

/**
 * Batch normalization in training, for models of functions: tfjs-core has only that of inference, `tf.batchNorm`. Channels come last.
 *
 *     y = γ (x − μ) / √(σ² + ε) + β,   μ and σ² those of the batch and of all places in it
 *     dx = γ / √(σ² + ε) · (dy − mean(dy) − x̂ mean(dy x̂)),   dγ = Σ dy x̂,   dβ = Σ dy
 *
 * Ioffe & Szegedy 2015, algorithm 1 (arXiv:1502.03167). Without γ or β it goes on where tfjs (4.22) throws: its layer with `scale: false` or
 * `center: false` cannot be trained. {@link movingStatistics} keeps what inference needs. The gradient is that of
 * `y`; `mean` and `variance` have none.
 *
 * @example
 * const { y } = normalizeBatch(tf.tensor2d([[1], [3]]), { gamma: tf.tensor1d([1]), beta: tf.tensor1d([0]), epsilon: 1e-12 });
 * y.dataSync(); // new Float32Array([-1, 1])
 *
 * @throws DownhillError `invalid-argument` where `epsilon` is not above 0, `shape-mismatch` where gamma or beta is not `[channels]`.
 */
export function normalizeBatch(x: Tensor, { gamma, beta, epsilon = 1e-3 }: NormalizeBatchOptions = {}): NormalizedBatch {
  checkNumber('normalizeBatch', { epsilon }, { above: 0 });
  const channels = x.shape.at(-1) ?? 1;
  for (const [name, { shape } = { shape: [channels] }] of Object.entries({ gamma, beta }))
    if (x.rank < 2 || shape.join() !== String(channels))
      throw new DownhillError({
        code: 'shape-mismatch',
        source: 'normalizeBatch',
        problem: `\`${name}\` must have one number a channel, the last axis of \`x\` [${x.shape.join(', ')}], got shape [${shape.join(', ')}]`,
      });
  return tidy((): { y: Tensor; mean: Tensor1D; variance: Tensor1D } => {
    const rows = [-1, channels];
    const { mean: center, variance } = moments(reshape(x, rows), 0);
    const deviation = sqrt(add(variance, epsilon));
    const normalize = withGradient((input: Tensor, scale: Tensor, offset: Tensor) => {
      const unit = div(sub(reshape(input, rows), center), deviation);
      return {
        value: reshape(add(mul(unit, scale), offset), input.shape),
        saved: [unit, scale, deviation],
        gradients(dy, [hat, factor, by]) {
          const d = reshape(dy, rows);
          const along = mul(hat, mean(mul(d, hat), 0, true));
          const dx = mul(div(factor, by), sub(sub(d, mean(d, 0, true)), along));
          return [reshape(dx, dy.shape), sum(mul(d, hat), 0), sum(d, 0)];
        },
      };
    });
    return {
      y: normalize(x, gamma ?? ones([channels]), beta ?? zeros([channels])),
      mean: center as Tensor1D,
      variance: variance as Tensor1D,
    };
  });
}

import { checkNumber } from '@downhill/core';
import { add, mul, tidy, type Tensor } from '@tensorflow/tfjs-core';

/** Mean and biased variance of each channel. */
export interface ChannelStatistics {
  readonly mean: Tensor;
  readonly variance: Tensor;
}

/** Options of {@link movingStatistics}. */
export interface MovingStatisticsOptions {
  /** Share of the old statistics, in [0, 1]; PyTorch's momentum is 1 less it. @defaultValue 0.99 (Keras) */
  readonly momentum?: number;
  /**
   * The values that each channel of the batch has (batch · height · width): where given, the batch's variance enters unbiased, as in
   * PyTorch; otherwise biased, as in tfjs-layers and Keras. At least 2.
   */
  readonly unbiasedFrom?: number;
}

/**
 * The statistics that inference goes by, after one more batch.
 *
 *     mean ← m mean + (1 − m) μ,   variance ← m variance + (1 − m) σ² · n / (n − 1)
 *
 * The factor n / (n − 1) only with `unbiasedFrom`. `batch` is what {@link normalizeBatch} gives.
 *
 * @example
 * const start = { mean: tf.tensor1d([0]), variance: tf.tensor1d([1]) };
 * const next = movingStatistics(start, { mean: tf.tensor1d([4]), variance: tf.tensor1d([3]) }, { momentum: 0.5 });
 * next.variance.dataSync()[0]; // 2
 *
 * @throws DownhillError `invalid-argument` for options out of range.
 */
export function movingStatistics(
  before: ChannelStatistics,
  batch: ChannelStatistics,
  { momentum = 0.99, unbiasedFrom }: MovingStatisticsOptions = {},
): ChannelStatistics {
  checkNumber('movingStatistics', { momentum }, { min: 0, max: 1 });
  if (unbiasedFrom !== undefined) checkNumber('movingStatistics', { unbiasedFrom }, { min: 2, integer: true });
  const correction = unbiasedFrom === undefined ? 1 : unbiasedFrom / (unbiasedFrom - 1);
  return tidy(() => ({
    mean: add(mul(before.mean, momentum), mul(batch.mean, 1 - momentum)),
    variance: add(mul(before.variance, momentum), mul(batch.variance, (1 - momentum) * correction)),
  }));
}

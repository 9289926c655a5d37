import { checkNumber } from '@downhill/core';

/**
 * Losses smoothed by an exponential mean that starts without a bias towards 0.
 *
 *     mᵢ = β mᵢ₋₁ + (1 − β) lossᵢ,  m₀ = 0        smoothedᵢ = mᵢ / (1 − βⁱ), i from 1
 *
 * fastai's `Recorder` and `LRFinder` (β 0.98). From the first loss on that is not finite, neither is the mean.
 *
 * @example
 * smoothedLosses([4, 2], 0.5); // [4, 8 / 3]
 *
 * @throws DownhillError `invalid-argument` for a β outside [0, 1).
 */
export function smoothedLosses(losses: readonly number[], beta = 0.98): readonly number[] {
  checkNumber('smoothedLosses', { beta }, { min: 0, below: 1 });
  let mean = 0;
  let left = 1;
  return losses.map((loss) => {
    mean = beta * mean + (1 - beta) * loss;
    left *= beta;
    return mean / (1 - left);
  });
}

import { examplesIn, sumOf, type GradientMoments } from './gradient-moments.ts';

/** What keeps the quotients finite where all gradients agree: Cockpit's `epsilon`. */
const EPSILON = 1e-5;

/**
 * The signal-to-noise ratio of each weight's gradient, Liu et al. 2020 (equation 2), the variance over n:
 *
 *     rⱼ = gⱼ² / (varⱼ + 1e-5)
 *
 * Large where examples agree on the direction. ε is that of Cockpit (Schneider et al. 2021).
 *
 * @example
 * const ratio = signalToNoise(gradientMoments([[1], [1]]));
 * Math.round(ratio[0]); // 100000
 */
export function signalToNoise(moments: GradientMoments): Float64Array {
  const biased = (moments.rows.length - 1) / moments.rows.length;
  return moments.mean.map((value, i) => value ** 2 / ((moments.variance[i] ?? 0) * biased + EPSILON));
}

/**
 * The mean of {@link signalToNoise} over all weights.
 *
 * @example
 * meanSignalToNoise(gradientMoments([[1, 1], [-1, -1]])); // 0
 */
export function meanSignalToNoise(moments: GradientMoments): number {
  return sumOf(signalToNoise(moments)) / moments.mean.length;
}

/**
 * The evidence-based stopping criterion of Mahsereci et al. 2017 (equation 12): above 0 the gradient is what noise alone would give, and training on
 * fits noise.
 *
 *     1 − B mean(gⱼ² / (varⱼ + 1e-5))
 *
 * @example
 * evidenceCriterion(gradientMoments([[1], [-1]])); // 1
 */
export function evidenceCriterion(moments: GradientMoments): number {
  const ratios = moments.mean.map((value, i) => value ** 2 / ((moments.variance[i] ?? 0) + EPSILON));
  return 1 - (examplesIn(moments) * sumOf(ratios)) / ratios.length;
}

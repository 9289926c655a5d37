import { dot } from '../differentiation/vectors.ts';
import { examplesIn, sumOf, type GradientMoments } from './gradient-moments.ts';

/**
 * The smallest θ for which the norm test of Byrd et al. 2012 (equation 3.5) passes: the standard error of the gradient relative to its norm.
 *
 *     θ = √(Σ var / (B ‖g‖²))
 *
 * Above about 1 the batch says little more than noise; they double the batch where it is above 0.5 to 0.9.
 *
 * @example
 * const moments = gradientMoments([[1, 0], [3, 0]]);
 * normTest(moments); // 0.5
 */
export function normTest(moments: GradientMoments): number {
  return Math.sqrt(sumOf(moments.variance) / (examplesIn(moments) * moments.squaredNorm));
}

/**
 * The smallest θ for which the inner product test of Bollapragada, Byrd & Nocedal 2017 (equation 2.6) passes: the part of {@link normTest} along
 * the gradient, which decides whether the step goes downhill.
 *
 *     θ = √(var(gᵢᵀ g) / (B ‖g‖⁴))
 *
 * @example
 * const moments = gradientMoments([[2, 1], [2, -1]]);
 * innerProductTest(moments); // 0
 */
export function innerProductTest({ rows, mean, squaredNorm }: GradientMoments): number {
  const along = rows.map((row) => dot(row, mean));
  const spread = along.reduce((sum, value) => sum + (value - squaredNorm) ** 2, 0) / (rows.length - 1); // their mean is ‖g‖²
  return Math.sqrt(spread / rows.length) / squaredNorm;
}

/**
 * The smallest ν for which the orthogonality test of Bollapragada, Byrd & Nocedal 2017 (equation 3.3) passes: the part of {@link normTest} across
 * the gradient.
 *
 *     ν = √(Σᵢ ‖gᵢ − (gᵢᵀ g / ‖g‖²) g‖² / (B (B − 1) ‖g‖²))
 *
 * @example
 * const moments = gradientMoments([[1, 0], [3, 0]]);
 * orthogonalityTest(moments); // 0
 */
export function orthogonalityTest({ rows, mean, squaredNorm }: GradientMoments): number {
  const across = rows.reduce((sum, row) => {
    const share = dot(row, mean) / squaredNorm;
    return sum + row.reduce((square, value, i) => square + (value - share * (mean[i] ?? 0)) ** 2, 0);
  }, 0);
  return Math.sqrt(across / (rows.length * (rows.length - 1) * squaredNorm));
}

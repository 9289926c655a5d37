/** How many values, their mean and their biased variance, for each channel. */
export interface Moments {
  readonly count: number;
  readonly mean: Float64Array;
  readonly variance: Float64Array;
}

/**
 * The moments of two sets of values together, without the cancellation of sums of squares.
 *
 *     δ = μ₂ − μ₁,   μ = μ₁ + δ n₂ / n,   σ² = (n₁ σ₁² + n₂ σ₂² + δ² n₁ n₂ / n) / n
 *
 * Chan, Golub & LeVeque 1979, equation 2.1.
 */
export function mergeMoments(a: Moments | undefined, b: Moments): Moments {
  if (a === undefined) return b;
  const count = a.count + b.count;
  const [share, cross] = [b.count / count, (a.count / count) * (b.count / count)];
  const deltas = a.mean.map((mean, i) => (b.mean[i] ?? Number.NaN) - mean);
  return {
    count,
    mean: a.mean.map((mean, i) => mean + (deltas[i] ?? 0) * share),
    variance: a.variance.map(
      (variance, i) => variance * (1 - share) + (b.variance[i] ?? 0) * share + (deltas[i] ?? 0) * (deltas[i] ?? 0) * cross,
    ),
  };
}

import { checkNumber, DownhillError } from '@downhill/core';

/** What {@link valueStatistics} tells of some numbers. */
export interface ValueStatistics {
  readonly mean: number;
  /** Over n. */
  readonly std: number;
  readonly min: number;
  readonly max: number;
  /** 0 for a symmetric distribution; NaN where all numbers are the same. */
  readonly skewness: number;
  /** The fourth standardized moment, 3 for a normal distribution; NaN where all numbers are the same. */
  readonly kurtosis: number;
  /** Those asked for, interpolated between neighbours. */
  readonly percentiles: readonly number[];
}

/** The percentiles that are taken where none are asked for. */
const PERCENTILES: readonly number[] = [5, 25, 50, 75, 95];

/**
 * Moments and percentiles of numbers, in float64.
 *
 * @example
 * const { mean, std, percentiles } = valueStatistics([1, 2, 3, 4, 5], [50]);
 * [mean, std ** 2, percentiles[0]]; // [3, 2.0000000000000004, 3]
 *
 * @throws DownhillError `data-invalid` where there are none, `invalid-argument` for a percentile outside 0 to 100.
 */
export function valueStatistics(values: ArrayLike<number>, percentiles: readonly number[] = PERCENTILES): ValueStatistics {
  const n = values.length;
  if (n === 0) throw new DownhillError({ code: 'data-invalid', source: 'valueStatistics', problem: 'there are no values' });
  for (const percentile of percentiles) checkNumber('valueStatistics', { percentile }, { min: 0, max: 100 });
  const sorted = Float64Array.from(values).sort();
  const mean = sorted.reduce((sum, value) => sum + value, 0) / n;
  const moment = (power: (apart: number) => number): number => sorted.reduce((sum, value) => sum + power(value - mean), 0) / n;
  const variance = moment((d) => d * d);
  return {
    mean,
    std: Math.sqrt(variance),
    min: sorted[0] ?? 0,
    max: sorted[n - 1] ?? 0,
    skewness: moment((d) => d * d * d) / (variance * Math.sqrt(variance)),
    kurtosis: moment((d) => d * d * d * d) / (variance * variance),
    percentiles: percentiles.map((percentile) => quantile(sorted, percentile / 100)),
  };
}

/** Linear between the two neighbours of place q (n − 1), as in numpy. */
function quantile(sorted: Float64Array, q: number): number {
  const place = q * (sorted.length - 1);
  const below = sorted[Math.floor(place)] ?? 0;
  return below + (place - Math.floor(place)) * ((sorted[Math.ceil(place)] ?? 0) - below);
}

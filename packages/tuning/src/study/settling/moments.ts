/** NaN without values. */
export const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** The square of the standard deviation of the values' mean: Σ (x − x̄)² / (n − 1) / n. NaN for fewer than two values. */
export function varianceOfMean(values: readonly number[]): number {
  const mean = meanOf(values);
  return values.reduce((sum, value) => sum + (value - mean) * (value - mean), 0) / (values.length - 1) / values.length;
}

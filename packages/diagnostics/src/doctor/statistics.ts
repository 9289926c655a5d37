/** The middle value; NaN of none. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return ((sorted[Math.ceil(middle) - 1] ?? Number.NaN) + (sorted[Math.floor(middle)] ?? Number.NaN)) / 2;
}

/** The slope of a straight line through values one apart: the median over all pairs (Theil 1950, Sen 1968), which outliers do not move. */
export function slope(values: readonly number[]): number {
  const slopes = values.flatMap((value, i) => values.slice(i + 1).map((later, j) => (later - value) / (j + 1)));
  return slopes.length === 0 ? 0 : median(slopes);
}

/**
 * How much values jitter about a smooth course, as a standard deviation: from the median size of second differences, which a straight
 * course does not have and a few jumps do not move. 0.6745 is the median of |z| for z normal, √6 the deviation of z₁ − 2 z₂ + z₃.
 */
export function jitter(values: readonly number[]): number {
  const bends = values.slice(2).map((value, i) => Math.abs(value - 2 * (values[i + 1] ?? 0) + (values[i] ?? 0)));
  return bends.length === 0 ? 0 : median(bends) / (0.6745 * Math.sqrt(6));
}

/** What lies in the last share of a series, at least `least` values where it has them. */
export const lastShare = (values: readonly number[], share: number, least = 1): readonly number[] =>
  values.slice(-Math.max(least, Math.round(values.length * share)));

export const minimum = (values: readonly number[]): number => values.reduce((least, value) => Math.min(least, value), Infinity);

export const maximum = (values: readonly number[]): number => values.reduce((most, value) => Math.max(most, value), -Infinity);

export const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

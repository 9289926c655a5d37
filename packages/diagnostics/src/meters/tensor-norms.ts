/** What is known of a trained tensor at a step: Euclidean norms over its elements. */
export interface TensorNorms {
  readonly gradient: number;
  /** Of what the step took from the weight. */
  readonly update: number;
  /** Of the weight before the step. */
  readonly weight: number;
}

/** √Σ xᵢ², in float64; NaN and infinities come through. */
export function norm(values: ArrayLike<number>): number {
  let [evens, odds] = [0, 0]; // two sums in turn do not wait for each other
  for (let i = 0; i < values.length; i += 2) {
    const even = values[i] ?? 0;
    const odd = values[i + 1] ?? 0;
    evens += even * even; // `even ** 2` would call the engine's power
    odds += odd * odd;
  }
  return Math.sqrt(evens + odds);
}

/** √Σ (xᵢ − yᵢ)², in float64. */
export function distance(from: ArrayLike<number>, to: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < from.length; i++) {
    const difference = (to[i] ?? 0) - (from[i] ?? 0);
    sum += difference * difference;
  }
  return Math.sqrt(sum);
}

/** The norm of all tensors together, of the norms of each. */
export const together = (norms: readonly number[]): number => Math.sqrt(norms.reduce((sum, value) => sum + value * value, 0));

/** The standard deviation of the values, or of their differences from others: √mean((xᵢ − mean x)²). */
export function deviation(values: ArrayLike<number>, from?: ArrayLike<number>): number {
  const at = (i: number): number => (values[i] ?? 0) - (from?.[i] ?? 0);
  let [mean, squares] = [0, 0];
  for (let i = 0; i < values.length; i++) mean += at(i) / values.length;
  for (let i = 0; i < values.length; i++) squares += (at(i) - mean) * (at(i) - mean);
  return Math.sqrt(squares / values.length);
}

/** How many values are NaN or infinite. */
export function countNonFinite(values: ArrayLike<number>): number {
  let count = 0;
  for (let i = 0; i < values.length; i++) if (!(Math.abs(values[i] ?? 0) < Infinity)) count += 1;
  return count;
}

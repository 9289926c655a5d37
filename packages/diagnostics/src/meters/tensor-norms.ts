/** What is known of a trained tensor at a step. */
export interface TensorNorms {
  /** ‖g‖, the Euclidean norm over the elements. */
  readonly gradient: number;
  /** The largest |gᵢ|. */
  readonly gradientMax: number;
  /** Elements of the gradient that are NaN or infinite. */
  readonly gradientNonFinite: number;
  /** ‖u‖ of what the step took from the weight. */
  readonly update: number;
  /** ‖w‖ before the step. */
  readonly weight: number;
}

type Values = ArrayLike<number>;

/** √Σ xᵢ², in float64; NaN and infinities come through. */
export function norm(values: Values): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += (values[i] ?? 0) ** 2;
  return Math.sqrt(sum);
}

/** √Σ (xᵢ − yᵢ)², in float64. */
export function distance(from: Values, to: Values): number {
  let sum = 0;
  for (let i = 0; i < from.length; i++) sum += ((to[i] ?? 0) - (from[i] ?? 0)) ** 2;
  return Math.sqrt(sum);
}

/** The norm of all tensors together, of the norms of each. */
export const together = (norms: Iterable<number>): number => norm(Array.from(norms));

/** max |xᵢ| and the count of values that are NaN or infinite. */
export function extremes(values: Values): { readonly max: number; readonly nonFinite: number } {
  let [max, nonFinite] = [0, 0];
  for (let i = 0; i < values.length; i++) {
    const size = Math.abs(values[i] ?? 0);
    if (!(size < Infinity)) nonFinite += 1;
    if (!(size <= max)) max = size; // NaN stays once it is there
  }
  return { max, nonFinite };
}

/** The standard deviation of the values, or of their differences from others: √mean((xᵢ − mean x)²). */
export function deviation(values: Values, from?: Values): number {
  const at = (i: number): number => (values[i] ?? 0) - (from?.[i] ?? 0);
  let [mean, squares] = [0, 0];
  for (let i = 0; i < values.length; i++) mean += at(i) / values.length;
  for (let i = 0; i < values.length; i++) squares += (at(i) - mean) ** 2;
  return Math.sqrt(squares / values.length);
}

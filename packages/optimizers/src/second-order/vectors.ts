/** aᵀ b */
export function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}

/** a + c b */
export const plus = (a: Float64Array, c: number, b: Float64Array): Float64Array => a.map((value, i) => value + c * (b[i] ?? 0));

/** c a */
export const times = (c: number, a: Float64Array): Float64Array => a.map((value) => c * value);

/** The largest magnitude; NaN where one is in it. */
export const maxAbs = (a: Float64Array): number => a.reduce((most, value) => Math.max(most, Math.abs(value)), 0);

/** The sum of the magnitudes. */
export const sumAbs = (a: Float64Array): number => a.reduce((sum, value) => sum + Math.abs(value), 0);

/** aᵀ b */
export function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}

export const norm = (a: Float64Array): number => Math.sqrt(dot(a, a));

/** y ← y + c x */
export function addScaled(y: Float64Array, c: number, x: Float64Array): void {
  for (let i = 0; i < y.length; i++) y[i] = (y[i] ?? 0) + c * (x[i] ?? 0);
}

/** c x */
export const scaled = (x: Float64Array, c: number): Float64Array => x.map((value) => c * value);

/** A rising function's value and slope. */
export interface Slope {
  readonly value: number;
  readonly slope: number;
}

/**
 * Where a rising function is 0 between two bounds, by Newton's method, and by halving where that would leave them or be slow (Numerical
 * Recipes, `rtsafe`). The nearer bound where the function has no zero between them.
 */
export function rootBetween(f: (x: number) => Slope, low: number, high: number): number {
  if (f(low).value >= 0) return low;
  if (f(high).value <= 0) return high;
  let x = (low + high) / 2;
  for (let i = 0; i < 200; i++) {
    const { value, slope } = f(x);
    if (value === 0) return x;
    if (value < 0) low = x;
    else high = x;
    const newton = x - value / slope;
    const next = newton > low && newton < high ? newton : (low + high) / 2;
    if (Math.abs(next - x) <= 1e-15 * Math.abs(x)) return next;
    x = next;
  }
  return x;
}

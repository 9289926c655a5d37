import { log } from '@downhill/core/math';

// Lanczos' approximation with g = 7 and nine terms, as computed by Godfrey (2001): within a few units of 1e-15 for x > 0.
const G = 7;
const COEFFICIENTS = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059, 12.507343278686905,
  -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
] as const;

/** ln Γ(x) for x > 0. Lanczos 1964, equation 31. */
export function logGamma(x: number): number {
  const [first, ...others] = COEFFICIENTS;
  const sum = others.reduce((sum, coefficient, i) => sum + coefficient / (x + i), first as number);
  const base = x + G - 0.5;
  return 0.5 * log(2 * Math.PI) + (x - 0.5) * log(base) - base + log(sum);
}

import { erf, exp, log } from '@downhill/core/math';
import { logCumulative, logCumulativeInverse, logDensity } from './normal.ts';

/** Where a stretch is so short that the normal density bends little over it. */
const SHORT = 1e-3;

/**
 * ln (Φ(b) − Φ(a)) for a < b: the chance that a standard normal number lies between them. Right to about ten digits everywhere: in both
 * tails, and for stretches so short that the difference of two nearly equal numbers would be left of it.
 */
export function logMass(a: number, b: number): number {
  if (a > 0) return logMass(-b, -a);
  const width = b - a;
  const middle = 0.5 * (a + b);
  if (width * (1 + Math.abs(middle)) < SHORT) return logDensity(middle) + log(width) + log1p(((middle * middle - 1) * width * width) / 24);
  if (b > 0) return log(0.5 * (erf(b * Math.SQRT1_2) - erf(a * Math.SQRT1_2)));
  const upper = logCumulative(b);
  return upper + log1p(-exp(logCumulative(a) - upper));
}

/**
 * The number between a and b below which a share `q` of the standard normal numbers between them lies.
 *
 * Solved in the logarithm of the tail that the number is in, so that it is right however far out a and b are.
 */
export function truncatedNormalQuantile(q: number, a: number, b: number): number {
  if (a > 0) return -truncatedNormalQuantile(1 - q, -b, -a);
  const mass = logMass(a, b);
  const left = logSum(logCumulative(a), log(q) + mass);
  const x = left <= -Math.LN2 ? logCumulativeInverse(left) : -logCumulativeInverse(logSum(logCumulative(-b), log1p(-q) + mass));
  return Math.min(Math.max(x, a), b);
}

/** ln(eˣ + eʸ) */
function logSum(x: number, y: number): number {
  const larger = Math.max(x, y);
  return larger === -Infinity ? larger : larger + log1p(exp(Math.min(x, y) - larger));
}

/** ln(1 + x), also where x is small: the rounding of 1 + x is divided out (Goldberg 1991, theorem 4). */
function log1p(x: number): number {
  const sum = 1 + x;
  return sum === 1 ? x : (log(sum) * x) / (sum - 1);
}

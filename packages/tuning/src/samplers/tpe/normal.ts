import { exp, logErfc } from '@downhill/core/math';

const LOG_2 = Math.LN2;
const LOG_ROOT_2_PI = 0.9189385332046727;

/** The logarithm of the standard normal density. */
export const logDensity = (x: number): number => -0.5 * x * x - LOG_ROOT_2_PI;

/** ln Φ(x), the logarithm of the chance that a standard normal number is at most x; finite far out in both tails. */
export const logCumulative = (x: number): number => logErfc(-x * Math.SQRT1_2) - LOG_2;

/**
 * The x with ln Φ(x) = y, for y up to ln ½ or a little above it.
 *
 * Starts from Abramowitz & Stegun 1964, 26.2.23, which is right to 4.5e-4, and goes on with Newton's steps on ln Φ, which is concave.
 */
export function logCumulativeInverse(y: number): number {
  if (y === -Infinity) return -Infinity;
  const t = Math.sqrt(Math.max(-2 * y, 0));
  const numerator = 2.515517 + t * (0.802853 + t * 0.010328);
  let x = numerator / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308))) - t;
  for (let i = 0; i < 8; i++) {
    const known = logCumulative(x);
    const change = (y - known) * exp(known - logDensity(x));
    x += change;
    if (Math.abs(change) <= 1e-14 * Math.abs(x)) break;
  }
  return x;
}

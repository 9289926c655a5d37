import { incompleteBeta } from './incomplete-beta.ts';
import { meanOf, varianceOfMean } from './moments.ts';

/**
 * How likely means would be at least this far apart, in either direction, if what is behind them were equal: Welch's t-test.
 *
 *     t = (x̄ − ȳ) / √(u + v),   ν = (u + v)² / (u² / (n − 1) + v² / (m − 1)),   p = I_{ν / (ν + t²)}(ν / 2, 1 / 2)
 *
 * u and v are the variances of the two means. Welch 1947; ν is Satterthwaite's (1946, equation 17).
 *
 * @param x At least two values, as y.
 */
export function welchTest(x: readonly number[], y: readonly number[]): number {
  const difference = meanOf(x) - meanOf(y);
  const [u, v] = [varianceOfMean(x), varianceOfMean(y)];
  if (difference === 0) return 1;
  if (u + v === 0) return 0;
  const degrees = ((u + v) * (u + v)) / ((u * u) / (x.length - 1) + (v * v) / (y.length - 1));
  return twoSided((difference * difference) / (u + v), degrees);
}

/** How likely Student's t is outside ±√tSquared. */
export const twoSided = (tSquared: number, degrees: number): number => incompleteBeta(degrees / (degrees + tSquared), degrees / 2, 0.5);

import { exp, log } from './math.ts';

/** Where the numbers below come from, one after the other. */
export interface DrawSource {
  /** Even over [low, high). */
  uniform(low: number, high: number): number;
  /** Of mean 0 and variance 1. */
  normal(): number;
}

/**
 * A number of the Beta distribution, between 0 and 1: how much of one example a mixture has.
 *
 *     X / (X + Y),   X ~ Gamma(a), Y ~ Gamma(b)
 *
 * The same on every machine: it is built from portable logarithms.
 *
 * @param a Above 0, as b.
 */
export function betaFrom(draws: DrawSource, a: number, b: number): number {
  const [x, y] = [logGammaFrom(draws, a), logGammaFrom(draws, b)];
  return 1 / (1 + exp(y - x));
}

/**
 * The logarithm of a number of the Gamma distribution with scale 1: for small shapes the number itself can be too small for float64.
 *
 * Marsaglia & Tsang 2000, section 2, and section 6 for shapes below 1.
 */
export function logGammaFrom(draws: DrawSource, shape: number): number {
  if (shape < 1) return logGammaFrom(draws, shape + 1) + log(1 - draws.uniform(0, 1)) / shape;
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = draws.normal();
    const root = 1 + c * x;
    if (root <= 0) continue;
    const v = root * root * root; // root ** 3 is rounded differently from engine to engine
    if (log(1 - draws.uniform(0, 1)) < (x * x) / 2 + d * (1 - v + log(v))) return log(d) + log(v);
  }
}

import type { Draws } from '@downhill/core';
import { exp, log } from '@downhill/core/math';

/** A number of the Beta distribution, between 0 and 1, by two of the Gamma distribution. */
export function betaFrom(draws: Draws, a: number, b: number): number {
  const [x, y] = [logGammaFrom(draws, a), logGammaFrom(draws, b)];
  return 1 / (1 + exp(y - x));
}

/** Shares that add up to 1, of the symmetric Dirichlet distribution. */
export function dirichletFrom(draws: Draws, alpha: number, count: number): readonly number[] {
  const logs = Array.from({ length: count }, () => logGammaFrom(draws, alpha));
  const most = Math.max(...logs);
  const values = logs.map((value) => exp(value - most));
  const sum = values.reduce((total, value) => total + value, 0);
  return values.map((value) => value / sum);
}

/**
 * The logarithm of a number of the Gamma distribution (Marsaglia and Tsang 2000, with the boost of its section 6 for shapes below 1): the
 * number itself can be too small for float64.
 */
function logGammaFrom(draws: Draws, shape: number): number {
  if (shape < 1) return logGammaFrom(draws, shape + 1) + log(1 - draws.uniform(0, 1)) / shape;
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = draws.normal();
    const root = 1 + c * x;
    if (root <= 0) continue;
    const v = root ** 3;
    const u = 1 - draws.uniform(0, 1);
    if (log(u) < (x * x) / 2 + d * (1 - v + log(v))) return log(d) + log(v);
  }
}

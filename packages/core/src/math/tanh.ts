import { exp } from './exp.ts';

/**
 * tanh x in float64, the same bits on every engine. Within 2 ulps of the true value for every x.
 *
 * |x| < 0.625: x + x³ P(x²) / Q(x²), the minimax quotient of Moshier's Cephes; elsewhere ±(1 − 2 / (e^(2|x|) + 1)).
 */
export function tanh(x: number): number {
  const size = Math.abs(x);
  if (size >= 0.625) return Math.sign(x) * (1 - 2 / (exp(2 * size) + 1));
  if (x === 0) return x;
  const z = x * x;
  const p = -1614.6876844170845 + z * (-99.28772310019185 + z * -0.9643991794250523);
  const q = 4844.063053251255 + z * (2235.4883906010045 + z * (112.81167849163293 + z));
  return x + x * z * (p / q);
}

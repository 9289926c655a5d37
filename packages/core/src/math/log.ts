import { mantissa } from './bits.ts';
import { LN2_HIGH, LN2_LOW } from './exp.ts';

/**
 * ln x in float64, the same bits on every engine. Within 1 ulp of the true value for every x > 0, subnormals included.
 *
 * x = 2ᵏ (1 + f), s = f / (2 + f): ln(1 + f) = f − ½ f² + s (½ f² + R(s²)). R is the minimax polynomial of fdlibm's `log`
 * (Sun Microsystems).
 *
 * @returns −Infinity for 0, NaN below.
 */
export function log(x: number): number {
  if (!(x > 0 && x < Infinity)) return x === 0 ? -Infinity : x < 0 ? NaN : x;
  const [m, k] = mantissa(x);
  const f = m - 1;
  const s = f / (2 + f);
  const z = s * s;
  const w = z * z;
  const even = w * (0.3999999999940942 + w * (0.2222219843214978 + w * 0.15313837699209373));
  const odd = z * (0.6666666666666735 + w * (0.2857142874366239 + w * (0.1818357216161805 + w * 0.14798198605116586)));
  const half = 0.5 * f * f;
  return k * LN2_HIGH - (half - (s * (half + (even + odd)) + k * LN2_LOW) - f);
}

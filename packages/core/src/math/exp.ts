import { scale } from './bits.ts';

/** ln 2 in two parts; the first has 32 bits, so that its product with an exponent is exact. */
export const LN2_HIGH = 0.6931471803691238;
export const LN2_LOW = 1.9082149292705877e-10;

/**
 * e^(high − low) for |high| ≤ ½ ln 2 and a much smaller `low`.
 *
 * With r = high − low: eʳ = 1 + r + r c / (2 − c), c = r − r² P(r²). P is the minimax polynomial of fdlibm's `exp` (Sun
 * Microsystems). 1 + high is kept with its rounding error, so that only the last addition rounds noticeably.
 */
export function expReduced(high: number, low: number): number {
  const r = high - low;
  const z = r * r;
  const p =
    0.16666666666666602 +
    z * (-0.0027777777777015593 + z * (6.613756321437934e-5 + z * (-1.6533902205465252e-6 + z * 4.1381367970572385e-8)));
  const c = r - z * p;
  const sum = 1 + high;
  return sum + (high - (sum - 1) + ((r * c) / (2 - c) - low));
}

/**
 * eˣ in float64, the same bits on every engine.
 *
 * Within 1 ulp of the true value for every x, subnormal results included. Infinity from 709.79 on, 0 below −745.14.
 */
export function exp(x: number): number {
  if (!(Math.abs(x) < 746)) return x > 0 ? Infinity : x < 0 ? 0 : NaN;
  const k = Math.floor(x * Math.LOG2E + 0.5);
  return scale(expReduced(x - k * LN2_HIGH, k * LN2_LOW), k);
}

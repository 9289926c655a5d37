/** 29 · 2π, which lies within 2.5e−18 of a float64. */
const TURNS = 182.212373908208;

/** sin(x + quarters · π/2): x = n π/2 + high + low with |high| ≤ π/4, then the minimax polynomials of fdlibm (Sun Microsystems). */
function shifted(x: number, quarters: number): number {
  const reduced = Math.abs(x) > 1647099 ? x % TURNS : x;
  const n = Math.floor(reduced * 0.6366197723675814 + 0.5);
  // π/2 in four parts (Cody & Waite). The first three have 33 bits, so that their products with |n| ≤ 2²⁰ are exact.
  const a = reduced - n * 1.5707963267341256;
  const pb = n * 6.077100506303966e-11;
  const b = a - pb;
  const pc = n * 2.0222662487111665e-21;
  const c = b - pc;
  const rest = lost(a, pb, b) + lost(b, pc, c) - n * 8.4784276603689e-32;
  const high = c + rest;
  const low = c - high + rest;
  const value = (n + quarters) & 1 ? cosine(high, low) : sine(high, low);
  return (n + quarters) & 2 ? -value : value;
}

/** What rounding took from `difference` = a − b. Knuth's TwoSum. */
function lost(a: number, b: number, difference: number): number {
  const rest = difference - a;
  return a - (difference - rest) - (b + rest);
}

function sine(x: number, low: number): number {
  const z = x * x;
  const v = z * x;
  const r =
    0.00833333333332249 +
    z * (-0.0001984126982985795 + z * (2.7557313707070068e-6 + z * (-2.5050760253406863e-8 + z * 1.58969099521155e-10)));
  return x - (z * (0.5 * low - v * r) - low + v * 0.16666666666666632);
}

function cosine(x: number, low: number): number {
  const z = x * x;
  const r =
    z *
    (0.0416666666666666 +
      z *
        (-0.001388888888887411 +
          z * (2.480158728947673e-5 + z * (-2.7557314351390663e-7 + z * (2.087572321298175e-9 + z * -1.1359647557788195e-11)))));
  const half = 0.5 * z;
  const w = 1 - half;
  return w + (1 - w - half + (z * r - x * low));
}

/**
 * sin x in float64, x in radians, the same bits on every engine. Within 1 ulp of the true value for |x| ≤ 1647099 (2²⁰ π/2).
 *
 * Beyond, x is taken modulo a float64 near 29 turns: still portable, but off by up to 1.4e−20 |x| besides the rounding.
 *
 * @returns NaN for ±Infinity.
 */
export const sin = (x: number): number => (x === 0 ? x : shifted(x, 0));

/** cos x in float64, with the range and accuracy of {@link sin}. */
export const cos = (x: number): number => shifted(x, 1);

import { mantissa, scale } from './bits.ts';
import { expReduced, LN2_HIGH, LN2_LOW } from './exp.ts';

// A pair is the unevaluated sum of two float64, the second below half an ulp of the first: about 106 bits. Dekker 1971.
type Pair = readonly [high: number, low: number];

/** a + b, exactly, for |a| ≥ |b|. */
function orderedSum(a: number, b: number): Pair {
  const sum = a + b;
  return [sum, b - (sum - a)];
}

/** a + b, exactly. Knuth's TwoSum. */
function exactSum(a: number, b: number): Pair {
  const sum = a + b;
  const rest = sum - a;
  return [sum, a - (sum - rest) + (b - rest)];
}

/** The upper 26 bits of a, for |a| < 2⁹⁹⁶. Veltkamp's splitting. */
function upperHalf(a: number): number {
  const c = 134217729 * a;
  return c - (c - a);
}

/** a · b, exactly. */
function exactProduct(a: number, b: number): Pair {
  const product = a * b;
  const a1 = upperHalf(a);
  const b1 = upperHalf(b);
  const a2 = a - a1;
  const b2 = b - b1;
  return [product, a1 * b1 - product + a1 * b2 + a2 * b1 + a2 * b2];
}

function pairSum([a1, a2]: Pair, [b1, b2]: Pair): Pair {
  const [high, low] = exactSum(a1, b1);
  return orderedSum(high, low + (a2 + b2));
}

function pairProduct([a1, a2]: Pair, [b1, b2]: Pair): Pair {
  const [high, low] = exactProduct(a1, b1);
  return orderedSum(high, low + (a1 * b2 + a2 * b1));
}

function pairQuotient(a: number, [b1, b2]: Pair): Pair {
  const high = a / b1;
  const [p1, p2] = exactProduct(high, b1);
  return orderedSum(high, (a - p1 - p2 - high * b2) / b1);
}

/** ln x for finite x > 0: x = 2ᵏ m, s = (m − 1) / (m + 1), ln m = 2 s (1 + s²/3 + s⁴/5 + …). As |s| < 0.172, 15 terms do. */
function logPair(x: number): Pair {
  const [m, k] = mantissa(x);
  const s = pairQuotient(m - 1, exactSum(m, 1));
  const z = pairProduct(s, s);
  let series: Pair = [0, 0];
  for (let n = 29; n > 0; n -= 2) series = pairSum(pairQuotient(1, [n, 0]), pairProduct(z, series));
  const [high, low] = pairProduct(s, series);
  return pairSum([k * LN2_HIGH, k * LN2_LOW], [2 * high, 2 * low]);
}

const TWO_64 = 18446744073709551616;

/** xʸ for finite x > 0 and finite y. */
function positivePower(x: number, y: number): number {
  // From |y| = 2⁶⁴ on, |y ln x| > 746 for all x but 1, so that the bound changes nothing and keeps all products finite.
  const bounded = Math.max(-TWO_64, Math.min(TWO_64, y));
  const [high, low] = pairProduct([bounded, 0], logPair(x));
  if (!(Math.abs(high) < 746)) return high < 0 ? 0 : Infinity;
  const k = Math.floor(high * Math.LOG2E + 0.5);
  return scale(expReduced(high - k * LN2_HIGH, k * LN2_LOW - low), k);
}

/**
 * xʸ in float64, the same bits on every engine. Within 1 ulp of the true value wherever it is finite, subnormals included;
 * exact where the result is a float64.
 *
 *     xʸ = e^(y ln x), with y ln x to about 100 bits
 *
 * Special cases as in ECMAScript's `Math.pow`: 1 for y = ±0, NaN for x = ±1 and y = ±Infinity, NaN for a negative x and a
 * y that is not whole.
 */
export function pow(x: number, y: number): number {
  if (y === 0) return 1;
  if (Number.isNaN(x) || Number.isNaN(y)) return NaN;
  const size = Math.abs(x);
  if (Math.abs(y) === Infinity) return size === 1 ? NaN : size > 1 === y > 0 ? Infinity : 0;
  const odd = Math.abs(y % 2) === 1;
  const negative = odd && (x < 0 || Object.is(x, -0));
  if (size === 0 || size === Infinity) return (negative ? -1 : 1) * ((size === 0) === y > 0 ? 0 : Infinity);
  if (x < 0 && y !== Math.floor(y)) return NaN;
  return negative ? -positivePower(size, y) : positivePower(size, y);
}

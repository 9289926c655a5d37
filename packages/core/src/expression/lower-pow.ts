import { mantissa, SIGN } from './float32.ts';
import { expReduced, notANumber, scaled, SMALLEST_NORMAL } from './lower-exp.ts';
import { constant, integer, nodes } from './nodes.ts';
import { constantValue, type Expression } from './node.ts';

const { abs, add, and, bitsOf, div, equal, floor, fromBits, integerAnd, integerXor, less, lessEqual, max, min, mul, not, or } = nodes;
const { select, selectInteger, sqrt, sub } = nodes;

/** A number as the unevaluated sum of two: the first has 12 bits, so that products of two such are exact. Dekker 1971. */
interface Split {
  readonly high: Expression;
  readonly low: Expression;
}

/** The upper 12 bits of the fraction. */
const upper = (x: Expression): Expression => fromBits(integerAnd(bitsOf(x), 0xfffff000));

/** log₂ e · ⅔ and ln 2, split. */
const CP = 0.9617967;
const CP_HIGH = 0.961669921875;
const CP_LOW = 1.2677205e-4;
const LN2_HIGH = 0.693115234375;
const LN2_LOW = 3.1946183e-5;

/** s = f / (2 + f), split. */
function ratio(f: Expression): Split & { readonly whole: Expression } {
  const d = add(f, 2);
  const inverse = div(1, d);
  const dHigh = upper(d);
  const dLow = sub(f, sub(dHigh, 2));
  const whole = mul(f, inverse);
  const high = upper(whole);
  return { whole, high, low: mul(inverse, sub(sub(f, mul(high, dHigh)), mul(high, dLow))) };
}

/**
 * log₂ x for positive, finite x, to 35 bits or more of itself.
 *
 * x = 2ᵏ (1 + f), s = f / (2 + f): log₂(1 + f) = 2 / (3 ln 2) · s (3 + s² + 3/5 s⁴ + 3/7 s⁶ + …). The scheme of fdlibm's `pow`
 * (Sun Microsystems), without its table.
 */
function log2(x: Expression): Split {
  const tiny = less(x, SMALLEST_NORMAL);
  const { m, exponent } = mantissa(nodes, select(tiny, mul(x, 8388608), x));
  const k = add(exponent, select(tiny, -150, -127));
  const s = ratio(sub(m, 1));
  const z = mul(s.whole, s.whole);
  const tail = [3 / 11, 3 / 9, 3 / 7, 3 / 5].reduce<Expression | number>((so, c) => add(mul(so, z), c), 3 / 13);
  const r = add(mul(mul(z, z), tail), mul(s.low, add(s.high, s.whole)));
  const square = mul(s.high, s.high);
  const tHigh = upper(add(add(square, 3), r));
  const tLow = sub(r, sub(sub(tHigh, 3), square));
  const u = mul(s.high, tHigh);
  const v = add(mul(s.low, tHigh), mul(tLow, s.whole));
  const pHigh = upper(add(u, v));
  const pLow = sub(v, sub(pHigh, u));
  const lHigh = mul(pHigh, CP_HIGH);
  const lLow = add(mul(pHigh, CP_LOW), mul(pLow, CP));
  const high = upper(add(add(lHigh, lLow), k));
  return { high, low: sub(lLow, sub(sub(high, k), lHigh)) };
}

/** xʸ = 2^(y log₂ x) for positive, finite x. */
function positivePower(x: Expression, y: Expression): Expression {
  // Beyond 2⁴⁰, |y log₂ x| > 2¹⁶ for all x but 1: the bound changes no result, and no product overflows.
  const bounded = max(min(y, 1099511627776), -1099511627776);
  const yHigh = upper(bounded);
  const { high, low } = log2(x);
  const productHigh = mul(yHigh, high);
  const productLow = add(mul(sub(bounded, yHigh), high), mul(bounded, low));
  const product = add(productHigh, productLow);
  const k = floor(add(max(min(product, 130), -152), 0.5));
  const rest = sub(productHigh, k);
  const t = upper(add(rest, productLow));
  const u = mul(t, LN2_HIGH);
  const v = add(mul(sub(productLow, sub(t, rest)), Math.LN2), mul(t, LN2_LOW));
  const r = add(u, v);
  const power = scaled(expReduced(r, sub(sub(r, u), v)), k);
  return select(less(130, product), Infinity, select(less(product, -152), 0, power));
}

/** The exponents for which a few operations are as good. */
function direct(x: Expression, y: number | undefined): Expression | undefined {
  switch (y) {
    case 0:
      return constant(1);
    case 1:
      return x;
    case 2:
      return mul(x, x);
    case 3:
      return mul(mul(x, x), x);
    case -1:
      return div(1, x);
    case 0.5:
      return sqrt(x);
    case -0.5:
      return div(1, sqrt(x));
    default:
      return undefined;
  }
}

/** `power` where 0 < |x| < ∞, else what 0, ∞ and NaN give. */
function withEdges(x: Expression, power: Expression, yAboveZero: Expression | boolean): Expression {
  const size = abs(x);
  const inverse = div(1, size);
  const edge = typeof yAboveZero === 'boolean' ? (yAboveZero ? size : inverse) : select(yAboveZero, size, inverse);
  return select(and(less(0, size), less(size, Infinity)), power, edge);
}

const signBit = (x: Expression): Expression => integerAnd(bitsOf(x), SIGN);

function constantPower(x: Expression, y: number): Expression {
  const power = positivePower(abs(x), constant(y));
  const whole = Math.floor(y) === y;
  const result = withEdges(x, whole ? power : select(lessEqual(0, x), power, notANumber()), y > 0);
  return Math.abs(y % 2) === 1 ? fromBits(integerXor(bitsOf(result), signBit(x))) : result;
}

function variablePower(x: Expression, y: Expression): Expression {
  const half = mul(y, 0.5);
  const whole = equal(floor(y), y);
  const odd = and(whole, not(equal(floor(half), half)));
  const power = select(or(whole, lessEqual(0, x)), positivePower(abs(x), y), notANumber());
  const result = withEdges(x, power, less(0, y));
  const signed = fromBits(integerXor(bitsOf(result), selectInteger(odd, signBit(x), integer(0))));
  return select(equal(y, 0), 1, select(equal(y, y), signed, y));
}

/**
 * xʸ within 1 ulp wherever it is finite, subnormal results included; 0 and Infinity beyond.
 *
 * Special cases as in IEEE 754 and C: 1 for y = 0 (also where x is NaN) and for x = ±1 with y = ±Infinity; the sign of x where
 * y is odd; NaN for a finite x < 0 with a y that is not whole, and, unlike C, for x = 1 with y = NaN. The exponents ±½, ±1,
 * 2 and 3, as constants, become roots, quotients and products, with their treatment of −0 and −Infinity; −½ and 3 are then
 * within 1.5 ulps.
 */
export function lowerPow(x: Expression, y: Expression): Expression {
  const known = constantValue(y);
  return direct(x, known) ?? (known === undefined ? variablePower(x, y) : constantPower(x, Math.fround(known)));
}

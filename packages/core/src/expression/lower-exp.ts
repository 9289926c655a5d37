import { logOf, mantissa, SIGN } from './float32.ts';
import { integer, nodes } from './nodes.ts';
import type { Expression } from './node.ts';

const { abs, add, bitsOf, div, equal, floor, fromBits, integerAdd, integerAnd, integerOr, integerSub, less, lessEqual, max, min, mul } =
  nodes;
const { select, shiftLeft, shiftRight, sub, toInteger } = nodes;

/** The smallest normal float32. */
export const SMALLEST_NORMAL = 1.1754943508222875e-38;

/** A NaN; no constant, because a constant that is NaN is an error of the rule's author. */
export const notANumber = (): Expression => fromBits(integer(0x7fc00000));

/** −1, 0 or 1; zeros keep their sign, NaN stays. */
export const lowerSign = (x: Expression): Expression => select(less(0, x), 1, select(less(x, 0), -1, x));

/** |size| with the sign of another number. */
const withSignOf = (size: Expression, other: Expression): Expression => fromBits(integerOr(bitsOf(size), integerAnd(bitsOf(other), SIGN)));

/**
 * e^(high − low) for |high| ≤ 0.35 and a much smaller `low`: 1 + r + r² P(r) with the minimax polynomial of Moshier's Cephes.
 * 1 + high is kept with its rounding error, so that only the last addition rounds noticeably.
 */
export function expReduced(high: Expression, low: Expression): Expression {
  const r = sub(high, low);
  const p = [1.3981999507e-3, 8.3334519073e-3, 4.1665795894e-2, 1.6666665459e-1, 5.0000001201e-1].reduce<Expression | number>(
    (so, c) => add(mul(so, r), c),
    1.98756915e-4,
  );
  const sum = add(high, 1);
  return add(sum, add(sub(high, sub(sum, 1)), sub(mul(mul(r, r), p), low)));
}

/** y · 2ᵏ for a whole k from −254 to 254, in two steps, so that it is rounded once where it is subnormal. */
export function scaled(y: Expression, k: Expression): Expression {
  const shifted = integerAdd(toInteger(k), 254);
  const half = shiftRight(shifted, 1);
  const power = (exponent: Expression): Expression => fromBits(shiftLeft(exponent, 23));
  return mul(mul(y, power(half)), power(integerSub(shifted, half)));
}

/**
 * eˣ within 1 ulp for every x, subnormal results included; Infinity from 88.723 on, 0 below −103.98.
 *
 * ln 2 is taken off in two parts, of which the first has 9 bits: its product with k is exact.
 */
export function lowerExp(x: Expression): Expression {
  const bounded = max(min(x, 89), -104);
  const k = floor(add(mul(bounded, Math.LOG2E), 0.5));
  return scaled(expReduced(sub(bounded, mul(k, 0.693359375)), mul(k, -2.1219444e-4)), k);
}

/** ln x within 1 ulp for every positive x, subnormals included; −Infinity for 0, NaN below. */
export function lowerLog(x: Expression): Expression {
  const tiny = less(x, SMALLEST_NORMAL);
  const { m, exponent } = mantissa(nodes, select(tiny, mul(x, 8388608), x));
  const value = logOf(nodes, m, add(exponent, select(tiny, -150, -127)));
  const outside = select(equal(x, 0), -Infinity, notANumber());
  return select(lessEqual(x, 0), outside, select(less(x, Infinity), value, x));
}

/**
 * tanh x within 2 ulps for every x.
 *
 * |x| < 0.625: x + x³ P(x²), the minimax polynomial of Moshier's Cephes; elsewhere ±(1 − 2 / (e^(2|x|) + 1)).
 */
export function lowerTanh(x: Expression): Expression {
  const size = abs(x);
  const z = mul(x, x);
  const p = [2.06390887954e-2, -5.37397155531e-2, 1.33314422036e-1, -3.33332819422e-1].reduce<Expression | number>(
    (so, c) => add(mul(so, z), c),
    -5.70498872745e-3,
  );
  const near = add(size, mul(mul(size, z), p));
  const far = sub(1, div(2, add(lowerExp(add(size, size)), 1)));
  return withSignOf(select(less(size, 0.625), near, far), x);
}

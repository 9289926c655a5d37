import { cosineOf, sineOf } from './float32.ts';
import { nodes } from './nodes.ts';
import type { Expression } from './node.ts';

const { abs, add, equal, floor, less, lessEqual, max, min, mul, neg, or, select, sub } = nodes;

/** 161 · 2π to 1.7e−11, the best of the small multiples that float32 has. */
const TURNS = 1011.592834;
/** Just below 2¹⁰ π/2. */
const LIMIT = 1608;

/** x modulo {@link TURNS}, where it is too large for {@link reduced}. */
function folded(x: Expression): Expression {
  const rest = sub(x, mul(floor(mul(x, 1 / TURNS)), TURNS));
  return select(less(LIMIT, abs(x)), min(max(rest, 0), TURNS), x);
}

/**
 * x = n π/2 + high + low with |high| ≤ π/4 for |x| ≤ 2¹⁰ π/2: π/2 in four parts (Cody & Waite), of which the first three
 * have 14 bits, so that their products with n are exact. `low` collects what rounding takes from the differences.
 */
function reduced(x: Expression): { readonly n: Expression; readonly high: Expression; readonly low: Expression } {
  const n = floor(add(mul(x, 2 / Math.PI), 0.5));
  const a = sub(x, mul(n, 1.5706787109375));
  const pb = mul(n, 1.1761486530303955e-4);
  const b = sub(a, pb);
  const pc = mul(n, 9.920313459588215e-10);
  const c = sub(b, pc);
  const lost = add(sub(sub(a, b), pb), sub(sub(b, c), pc));
  const rest = sub(lost, mul(n, 6.2233722e-14));
  const high = add(c, rest);
  return { n, high, low: add(sub(c, high), rest) };
}

/** sin(x + quarters · π/2) */
function shifted(x: Expression, quarters: number): Expression {
  const { n, high, low } = reduced(folded(x));
  const turned = add(n, quarters);
  const quadrant = sub(turned, mul(floor(mul(turned, 0.25)), 4));
  const odd = or(equal(quadrant, 1), equal(quadrant, 3));
  const value = select(odd, cosineOf(nodes, high, low), sineOf(nodes, high, low));
  return select(lessEqual(2, quadrant), neg(value), value);
}

/**
 * sin x within 1 ulp for |x| ≤ 1608. Beyond, x is first taken modulo 161 turns in float32, which is off by up to
 * 2⁻²³ |x|; the result stays within [−1, 1]. NaN for ±Infinity.
 */
export const lowerSin = (x: Expression): Expression => select(equal(x, 0), x, shifted(x, 0));

/** cos x, with the range and accuracy of {@link lowerSin}. */
export const lowerCos = (x: Expression): Expression => shifted(x, 1);

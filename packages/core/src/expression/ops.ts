import { show } from '../check.ts';
import { DownhillError } from '../errors.ts';
import * as portable from '../math.ts';
import { randomStream, streamKey } from '../random.ts';
import { lowerExp, lowerLog, lowerSign, lowerTanh } from './lower-exp.ts';
import { lowerPow } from './lower-pow.ts';
import { lowerRandom } from './lower-random.ts';
import { lowerCos, lowerSin } from './lower-sin.ts';
import {
  branch,
  composed,
  isExpression,
  leaf,
  operation,
  type Composite,
  type Distribution,
  type Expression,
  type Operation,
  type Over,
  type RandomSource,
  type Reduction,
} from './node.ts';

/** Whatever takes an expression takes a plain number too. */
export type Operand = Expression | number;

function lift(value: Operand): Expression {
  if (isExpression(value)) return value;
  if (typeof value === 'number') return leaf({ op: 'constant', value });
  throw new DownhillError({
    code: 'illegal-expression',
    source: 'expression',
    problem: `an operation takes numbers and expressions, got ${show(value)}`,
    advice: 'Is the slot or scalar declared by the rule?',
  });
}

/** A node of an operation; where `lower` is given, one that knows how it is made of primitive ones. */
function node(
  op: Operation,
  number: (a: number, b: number) => number,
  lower: Composite['lower'] | undefined,
  inputs: readonly Expression[],
): Expression {
  const made = operation(op, ...inputs);
  return lower === undefined ? made : composed(made, { number, lower });
}

type Unary = { (x: number): number; (x: Expression): Expression; (x: Operand): Expression | number };
type Binary = { (a: number, b: number): number; (a: Operand, b: Operand): Expression };

function unary(op: Operation, number: (x: number) => number, lower?: (x: Expression) => Expression): Unary {
  const apply = (x: Operand) => (typeof x === 'number' ? number(x) : node(op, number, lower, [lift(x)]));
  return apply as Unary;
}

function binary(op: Operation, number: (a: number, b: number) => number, lower?: (a: Expression, b: Expression) => Expression): Binary {
  const apply = (a: Operand, b: Operand) =>
    typeof a === 'number' && typeof b === 'number' ? number(a, b) : node(op, number, lower, [lift(a), lift(b)]);
  return apply as Binary;
}

/** A number as an expression, for a slot that is set to it. */
export const constant = (value: number): Expression => lift(value);

// On plain numbers every function computes at once, in float64; on expressions it adds a node to the graph.

/** a + b */
export const add: Binary = /* @__PURE__ */ binary('add', (a, b) => a + b);
/** a − b */
export const sub: Binary = /* @__PURE__ */ binary('sub', (a, b) => a - b);
/** a · b */
export const mul: Binary = /* @__PURE__ */ binary('mul', (a, b) => a * b);
/** a / b */
export const div: Binary = /* @__PURE__ */ binary('div', (a, b) => a / b);
/** The smaller of two; NaN where either is NaN. */
export const min: Binary = /* @__PURE__ */ binary('min', Math.min);
/** The larger of two; NaN where either is NaN. */
export const max: Binary = /* @__PURE__ */ binary('max', Math.max);
/** aᵇ; portable, see `math.ts`. */
export const pow: Binary = /* @__PURE__ */ binary('pow', portable.pow, lowerPow);
/** −x */
export const neg: Unary = /* @__PURE__ */ unary('neg', (x) => -x);
/** |x| */
export const abs: Unary = /* @__PURE__ */ unary('abs', Math.abs);
/** −1, 0 or 1; NaN for NaN. */
export const sign: Unary = /* @__PURE__ */ unary('sign', Math.sign, lowerSign);
/** √x */
export const sqrt: Unary = /* @__PURE__ */ unary('sqrt', Math.sqrt);
/** eˣ; portable. */
export const exp: Unary = /* @__PURE__ */ unary('exp', portable.exp, lowerExp);
/** ln x; portable. */
export const log: Unary = /* @__PURE__ */ unary('log', portable.log, lowerLog);
/** tanh x; portable. */
export const tanh: Unary = /* @__PURE__ */ unary('tanh', portable.tanh, lowerTanh);
/** sin x for x in radians; portable. */
export const sin: Unary = /* @__PURE__ */ unary('sin', portable.sin, lowerSin);
/** cos x for x in radians; portable. */
export const cos: Unary = /* @__PURE__ */ unary('cos', portable.cos, lowerCos);
/** The largest whole number that is not above x. */
export const floor: Unary = /* @__PURE__ */ unary('floor', Math.floor);

/** 1/√x */
export const rsqrt = (x: Operand): Expression => div(1, lift(sqrt(x)));
/** x² */
export const square = (x: Operand): Expression => mul(lift(x), lift(x));
/** x held between `low` and `high`. */
export const clamp = (x: Operand, low: Operand, high: Operand): Expression => lift(min(lift(max(lift(x), low)), high));
/**
 * (1 − share) · from + share · to. Written as two products, because `from + share · (to − from)` loses three digits of a
 * moving average with a share of 0.999.
 */
export const lerp = (from: Operand, to: Operand, share: Operand): Expression =>
  add(mul(lift(sub(1, share as Expression)), from), mul(lift(share), to));

/** a < b */
export const less = (a: Operand, b: Operand): Expression => operation('less', lift(a), lift(b));
/** a ≤ b */
export const lessEqual = (a: Operand, b: Operand): Expression => operation('lessEqual', lift(a), lift(b));
/** a > b */
export const greater = (a: Operand, b: Operand): Expression => less(b, a);
/** a ≥ b */
export const greaterEqual = (a: Operand, b: Operand): Expression => lessEqual(b, a);
/** a = b */
export const equal = (a: Operand, b: Operand): Expression => operation('equal', lift(a), lift(b));
/** Whether x is neither NaN nor infinite. */
export const isFinite = (x: Operand): Expression => operation('isFinite', lift(x));
export const and = (a: Expression, b: Expression): Expression => operation('and', lift(a), lift(b));
export const or = (a: Expression, b: Expression): Expression => operation('or', lift(a), lift(b));
export const not = (a: Expression): Expression => operation('not', lift(a));
/** `whenTrue` where the condition holds, `whenFalse` elsewhere. */
export const select = (condition: Expression, whenTrue: Operand, whenFalse: Operand): Expression =>
  operation('select', lift(condition), lift(whenTrue), lift(whenFalse));

/** The element's place in the flat tensor, from 0; exact below 2²⁴, which float32 can count to. */
export const elementIndex = (): Expression => operation('toNumber', leaf({ op: 'index' }, 'integer'));

/** Where a rule's random numbers come from; see `random.ts` for how seed, stream, step and element become one. */
export interface RandomOptions {
  /** @defaultValue 0 */
  readonly seed?: number;
  /** Two draws of one rule need two streams. @defaultValue 'noise' */
  readonly stream?: string;
}

function random(distribution: Distribution, { seed = 0, stream = 'noise' }: RandomOptions): Expression {
  const source: RandomSource = {
    seed,
    stream,
    keyAt: (step, ordinal) => streamKey(seed, stream, step, ordinal),
    draw(of, key, size) {
      const { normalAt, uniformAt, uniform16At } = randomStream(key);
      const at = { normal: normalAt, uniform: uniformAt, uniform16: uniform16At }[of];
      return Float32Array.from({ length: size }, (_, i) => at(i));
    },
  };
  const data = { distribution, ...source };
  return composed(leaf({ op: 'random', ...data }), { number: () => Number.NaN, lower: () => lowerRandom(data) });
}

/** An independent number for each element and step, even over [0, 1). */
export const randomUniform = (options: RandomOptions = {}): Expression => random('uniform', options);
/** The same to 16 bits, at a quarter of the cost: even over the multiples of 2⁻¹⁶ in [0, 1). Enough to toss a coin with. */
export const randomUniform16 = (options: RandomOptions = {}): Expression => random('uniform16', options);
/** An independent number for each element and step, normal with mean 0 and variance 1. */
export const randomNormal = (options: RandomOptions = {}): Expression => random('normal', options);

/** How far a reduction reaches. */
export interface ReduceOptions {
  /**
   * `'tensor'`: one value a tensor. `'all'`: one value for all parameters of the step. Axes: one value for each index
   * along the others; negative axes count from the end. @defaultValue 'tensor'
   */
  readonly over?: Over;
}

type Reduce = (x: Expression, options?: ReduceOptions) => Expression;

const reduce =
  (reduction: Reduction): Reduce =>
  (x, { over = 'tensor' } = {}) =>
    branch({ op: 'reduce', reduction, over, label: '' }, lift(x));

// Where the operand is itself the same over some axes, a reduction takes each of its values once: the sum of a row's sums is
// the sum over the rows. So does the size of `mean`.

/** Σ x, added in float64. */
export const sum: Reduce = /* @__PURE__ */ reduce('sum');
/** Σ x², squared and added in float64: neither huge nor tiny numbers are lost. */
export const sumOfSquares: Reduce = /* @__PURE__ */ reduce('sumOfSquares');
/** √Σ x², in float64 until the end. */
export const norm: Reduce = /* @__PURE__ */ reduce('norm');
/** max |x| */
export const maxAbs: Reduce = /* @__PURE__ */ reduce('maxAbs');
/** How often a condition holds. */
export const count: Reduce = /* @__PURE__ */ reduce('count');
/** How many elements a parameter has along the axes given; over `'all'`: those of all the parameters that the rule acts on. */
export const size = ({ over = 'tensor' }: ReduceOptions = {}): Expression => leaf({ op: 'size', over });
/** The mean of x. */
export const mean: Reduce = (x, options = {}) => div(sum(x, options), branch({ op: 'size', over: options.over ?? 'tensor' }, x));

import { constantValue, leaf, withInputs, type Expression } from './node.ts';
import { label } from './print.ts';

const constant = (value: number): Expression => leaf({ op: 'constant', value });
const is = (node: Expression | undefined, value: number): boolean => node !== undefined && Object.is(constantValue(node), value);

/** The primitive operations on plain numbers, in float64; conditions are 0 and 1. */
export const NUMBER_FUNCTIONS: Readonly<Partial<Record<string, (a: number, b: number, c: number) => number>>> = {
  add: (a, b) => a + b,
  sub: (a, b) => a - b,
  mul: (a, b) => a * b,
  div: (a, b) => a / b,
  min: (a, b) => Math.min(a, b),
  max: (a, b) => Math.max(a, b),
  neg: (a) => -a,
  abs: Math.abs,
  sqrt: Math.sqrt,
  floor: Math.floor,
  less: (a, b) => Number(a < b),
  lessEqual: (a, b) => Number(a <= b),
  equal: (a, b) => Number(a === b),
  isFinite: (a) => Number(Number.isFinite(Math.fround(a))), // what overflows float32 when it is stored is not
  and: (a, b) => a & b,
  or: (a, b) => a | b,
  not: (a) => 1 - a,
  select: (condition, a, b) => (condition === 1 ? a : b),
};

/** How an operation is computed on plain numbers, in float64. */
export const numberFunction = ({ op, composite }: Expression): ((a: number, b: number, c: number) => number) | undefined =>
  composite?.number ?? NUMBER_FUNCTIONS[op];

/** What an operation on constants comes to, in float64; NaN stays a node, so that it is not lost in a constant. */
function fold(node: Expression): Expression | undefined {
  const { type, inputs } = node;
  const compute = numberFunction(node);
  const [a, b = 0] = inputs.map(constantValue);
  if (compute === undefined || type !== 'number' || a === undefined || inputs.some((input) => constantValue(input) === undefined))
    return undefined;
  const value = compute(a, b, 0);
  return Number.isNaN(value) ? undefined : constant(value);
}

/** Identities that change no bit of any result, NaN and −0 included. */
function shorten({ op, inputs: [a, b] }: Expression): Expression | undefined {
  switch (op) {
    case 'mul':
      return is(b, 1) ? a : is(a, 1) ? b : undefined;
    case 'div':
      return is(b, 1) ? a : undefined;
    case 'add':
      return is(b, -0) ? a : is(a, -0) ? b : undefined;
    case 'sub':
      return is(b, 0) ? a : undefined;
    case 'neg':
      return a?.op === 'neg' ? a.inputs[0] : undefined;
    case 'max':
    case 'min':
      return a !== undefined && a === b ? a : undefined;
    default:
      return undefined;
  }
}

/** What replaces one node whose inputs are done, or undefined. */
export type Rewrite = (node: Expression) => Expression | undefined;

/**
 * Makes rewriting of whole graphs out of the rewriting of one node: constants are folded, equal parts become one node, and
 * what nothing asks for is dropped. Graphs rewritten by one rewriter share their nodes.
 */
export function rewriter(rewrite: Rewrite = () => undefined): (node: Expression) => Expression {
  const done = new Map<Expression, Expression>();
  const ids = new Map<Expression, number>();
  const interned = new Map<string, Expression>();
  const intern = (node: Expression): Expression => {
    const key = `${node.type} ${label(node.data)} ${node.inputs.map((input) => ids.get(input)).join(' ')}`;
    const known = interned.get(key);
    if (known !== undefined) return known;
    interned.set(key, node);
    ids.set(node, ids.size);
    return node;
  };
  const visit = (node: Expression): Expression => {
    const before = done.get(node);
    if (before !== undefined) return before;
    const rebuilt = withInputs(node, node.inputs.map(visit));
    const replaced = fold(rebuilt) ?? shorten(rebuilt) ?? rewrite(rebuilt);
    const result = replaced === undefined || replaced === rebuilt ? intern(rebuilt) : visit(replaced);
    done.set(node, result);
    return result;
  };
  return visit;
}

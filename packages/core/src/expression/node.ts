/** The three types of the language: float32, uint32 (bits and counters) and boolean (the result of a comparison). */
export type ValueType = 'number' | 'integer' | 'boolean';

/**
 * What a value is the same over. `'all'`: one value for all the parameters of a step. `'tensor'`: one a tensor. Axes: one
 * value for each index along the axes that are *not* listed (`[1]` of a matrix: one a row; `[]`: one an element).
 */
export type Over = 'all' | 'tensor' | readonly number[];

/** Over no axis: a value for each element. */
export const ELEMENT: Over = Object.freeze([]);

/** How a reduction folds its operand; `norm` is the root of `sumOfSquares`, taken in float64. */
export type Reduction = 'sum' | 'sumOfSquares' | 'norm' | 'maxAbs' | 'count';

export type Distribution = 'uniform' | 'uniform16' | 'normal';

/** Where a rule's random numbers come from; the generator travels with the node, so that nobody else downloads it. */
export interface RandomSource {
  readonly seed: number;
  readonly stream: string;
  /** The key of a step and of a parameter, by its place among the parameters. */
  keyAt(step: number, ordinal: number): readonly [number, number];
  /** The numbers of a tensor of `size` elements. */
  draw(distribution: Distribution, key: readonly [number, number], size: number): Float32Array;
}

/** What a leaf or a reduction stands for; all other nodes are told by `op` and `inputs` alone. */
export type NodeData =
  | { readonly op: 'constant'; readonly value: number }
  /** A tensor's element: the gradient, the parameter or a slot, over the axes that the slot leaves out. */
  | { readonly op: 'input'; readonly name: string; readonly over: Over }
  /** A number that the step computes once, in float64; `from` is what of, where it is not one of the rule's own. */
  | { readonly op: 'scalar'; readonly name: string; readonly from?: Expression }
  /** Values that a reduction takes in: of its input, or elements of the parameter where it has none. */
  | { readonly op: 'size'; readonly over: Over }
  /** The element's place in the flat tensor. */
  | { readonly op: 'index' }
  | ({ readonly op: 'random'; readonly distribution: Distribution } & RandomSource)
  /** The two words of a random node's key for this step and parameter. */
  | ({ readonly op: 'key'; readonly word: 0 | 1 } & RandomSource)
  /** `label` tells apart the reductions over all parameters of different rules. */
  | { readonly op: 'reduce'; readonly reduction: Reduction; readonly over: Over; readonly label: string }
  /** The result of a reduction that an earlier stage computed. */
  | { readonly op: 'reduced'; readonly reduction: Reduction; readonly over: Over; readonly name: string }
  | { readonly op: Operation };

/** Operations by the types that they take and give; the one table of what is legal. */
export const OPERATIONS = {
  add: [['number', 'number'], 'number'],
  sub: [['number', 'number'], 'number'],
  mul: [['number', 'number'], 'number'],
  div: [['number', 'number'], 'number'],
  min: [['number', 'number'], 'number'],
  max: [['number', 'number'], 'number'],
  pow: [['number', 'number'], 'number'],
  neg: [['number'], 'number'],
  abs: [['number'], 'number'],
  sign: [['number'], 'number'],
  sqrt: [['number'], 'number'],
  exp: [['number'], 'number'],
  log: [['number'], 'number'],
  tanh: [['number'], 'number'],
  sin: [['number'], 'number'],
  cos: [['number'], 'number'],
  floor: [['number'], 'number'],
  less: [['number', 'number'], 'boolean'],
  lessEqual: [['number', 'number'], 'boolean'],
  equal: [['number', 'number'], 'boolean'],
  isFinite: [['number'], 'boolean'],
  and: [['boolean', 'boolean'], 'boolean'],
  or: [['boolean', 'boolean'], 'boolean'],
  not: [['boolean'], 'boolean'],
  select: [['boolean', 'number', 'number'], 'number'],
  // Integers are 32 bits wide and wrap around; shifts and rotations take the constant count as their second input.
  integerAdd: [['integer', 'integer'], 'integer'],
  integerSub: [['integer', 'integer'], 'integer'],
  integerXor: [['integer', 'integer'], 'integer'],
  integerAnd: [['integer', 'integer'], 'integer'],
  integerOr: [['integer', 'integer'], 'integer'],
  rotateLeft: [['integer', 'integer'], 'integer'],
  shiftLeft: [['integer', 'integer'], 'integer'],
  shiftRight: [['integer', 'integer'], 'integer'],
  integerLess: [['integer', 'integer'], 'boolean'],
  selectInteger: [['boolean', 'integer', 'integer'], 'integer'],
  // The integer must lie in [-2^31, 2^31) for the first two, which read it as signed.
  toNumber: [['integer'], 'number'],
  toInteger: [['number'], 'integer'],
  bitsOf: [['number'], 'integer'],
  fromBits: [['integer'], 'number'],
} as const;

export type Operation = keyof typeof OPERATIONS;

/** A node of an expression graph: immutable, shared freely, made by the functions of `ops.ts`. */
export interface Expression {
  readonly kind: 'expression';
  readonly op: NodeData['op'];
  readonly type: ValueType;
  readonly inputs: readonly Expression[];
  readonly data: NodeData;
  readonly composite?: Composite;
}

/** An operation that no generator knows; it travels with the node, so that who does not use it does not download it. */
export interface Composite {
  /** What it comes to on plain numbers, in float64. */
  number(a: number, b: number): number;
  /** The same in primitive operations, in float32. */
  lower(...inputs: readonly Expression[]): Expression;
}

const NO_INPUTS: readonly Expression[] = Object.freeze([]);

export function leaf(data: NodeData, type: ValueType = 'number'): Expression {
  return Object.freeze({ kind: 'expression', op: data.op, type, inputs: NO_INPUTS, data } satisfies Expression);
}

/** A node that knows how it is made of primitive ones. */
export function composed(node: Expression, composite: Composite): Expression {
  return Object.freeze({ ...node, composite });
}

export function operation(op: Operation, ...inputs: readonly Expression[]): Expression {
  return Object.freeze({
    kind: 'expression',
    op,
    type: OPERATIONS[op][1],
    inputs: Object.freeze(inputs),
    data: { op },
  } satisfies Expression);
}

/** A node that is told by its data and its only input. */
export function branch(data: NodeData, input: Expression): Expression {
  return Object.freeze({ kind: 'expression', op: data.op, type: 'number', inputs: Object.freeze([input]), data } satisfies Expression);
}

export function isExpression(value: unknown): value is Expression {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'expression';
}

/** The same node over other inputs. */
export function withInputs(node: Expression, inputs: readonly Expression[]): Expression {
  return node.inputs.every((input, i) => input === inputs[i]) ? node : Object.freeze({ ...node, inputs });
}

/** A constant's value, or undefined. */
export function constantValue(node: Expression): number | undefined {
  return node.data.op === 'constant' ? node.data.value : undefined;
}

import { leaf, operation, type Expression, type Operation } from './node.ts';
import type { Arithmetic } from './float32.ts';

export const constant = (value: number): Expression => leaf({ op: 'constant', value });

const number = (value: Expression | number): Expression => (typeof value === 'number' ? constant(value) : value);

/** An integer constant in [0, 2³²). */
export const integer = (value: number): Expression => leaf({ op: 'constant', value }, 'integer');

type Binary = (a: Expression | number, b: Expression | number) => Expression;
type WithConstant = (a: Expression, b: number) => Expression;
const binary =
  (op: Operation): Binary =>
  (a, b) =>
    operation(op, number(a), number(b));
const unary =
  (op: Operation) =>
  (a: Expression): Expression =>
    operation(op, a);
const withConstant =
  (op: Operation): WithConstant =>
  (a, b) =>
    operation(op, a, integer(b));

/** Builds primitive operations; a plain number becomes a constant, and nothing is computed at once. */
export interface Nodes extends Arithmetic<Expression, Expression, Expression> {
  readonly min: Binary;
  readonly max: Binary;
  readonly less: Binary;
  readonly lessEqual: Binary;
  readonly equal: Binary;
  readonly neg: (a: Expression) => Expression;
  readonly abs: (a: Expression) => Expression;
  readonly floor: (a: Expression) => Expression;
  readonly toInteger: (a: Expression) => Expression;
  readonly and: (a: Expression, b: Expression) => Expression;
  readonly or: (a: Expression, b: Expression) => Expression;
  readonly not: (a: Expression) => Expression;
  readonly select: (condition: Expression, whenTrue: Expression | number, whenFalse: Expression | number) => Expression;
  readonly selectInteger: (condition: Expression, whenTrue: Expression, whenFalse: Expression) => Expression;
  readonly integerSum: (a: Expression, b: Expression) => Expression;
  readonly integerSub: (a: Expression, b: Expression) => Expression;
  readonly integerOr: (a: Expression, b: Expression) => Expression;
  readonly rotateLeft: WithConstant;
}

export const nodes: Nodes = {
  add: binary('add'),
  sub: binary('sub'),
  mul: binary('mul'),
  div: binary('div'),
  min: binary('min'),
  max: binary('max'),
  less: binary('less'),
  lessEqual: binary('lessEqual'),
  equal: binary('equal'),
  neg: unary('neg'),
  abs: unary('abs'),
  sqrt: unary('sqrt'),
  floor: unary('floor'),
  toNumber: unary('toNumber'),
  toInteger: unary('toInteger'),
  bitsOf: unary('bitsOf'),
  fromBits: unary('fromBits'),
  not: unary('not'),
  and: (a, b) => operation('and', a, b),
  or: (a, b) => operation('or', a, b),
  select: (condition, a, b) => operation('select', condition, number(a), number(b)),
  selectInteger: (condition, a, b) => operation('selectInteger', condition, a, b),
  integerAdd: withConstant('integerAdd'),
  integerAnd: withConstant('integerAnd'),
  integerLess: withConstant('integerLess'),
  shiftLeft: withConstant('shiftLeft'),
  shiftRight: withConstant('shiftRight'),
  rotateLeft: withConstant('rotateLeft'),
  integerSum: (a, b) => operation('integerAdd', a, b),
  integerSub: (a, b) => operation('integerSub', a, b),
  integerXor: (a, b) => operation('integerXor', a, b),
  integerOr: (a, b) => operation('integerOr', a, b),
};

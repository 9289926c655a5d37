import type { Formula, Operation, VariableName } from './formula.ts';

/** A loss as a function of two numbers, in float64. */
export type NumberLoss = (x: number, y: number) => number;

type Numbers = readonly [number, number];

const OPERATIONS: Readonly<Record<Operation, (a: number, b: number) => number>> = {
  add: (a, b) => a + b,
  sub: (a, b) => a - b,
  mul: (a, b) => a * b,
  div: (a, b) => a / b,
  neg: (a) => -a,
  pow: (a, b) => a ** b,
  abs: Math.abs,
  cos: Math.cos,
  exp: Math.exp,
  log: Math.log,
  max: (a, b) => Math.max(a, b),
  min: (a, b) => Math.min(a, b),
  sin: Math.sin,
  sqrt: Math.sqrt,
  tan: Math.tan,
  tanh: Math.tanh,
};

const PLACES: Readonly<Record<VariableName, 0 | 1>> = { x: 0, y: 1 };

function compiled(formula: Formula): (at: Numbers) => number {
  if (formula.kind === 'number') return () => formula.value;
  if (formula.kind === 'variable') {
    const place = PLACES[formula.name];
    return (at) => at[place];
  }
  const operation = OPERATIONS[formula.operation];
  const [first = () => 0, second = () => 0] = formula.inputs.map(compiled);
  return (at) => operation(first(at), second(at));
}

/** A formula for drawing: closures, so that a page which forbids making code runs it too. */
export function numberLoss(formula: Formula): NumberLoss {
  const run = compiled(formula);
  return (x, y) => run([x, y]);
}

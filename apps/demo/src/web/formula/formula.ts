/** Variables of a loss: the two weights that are trained. */
export type VariableName = 'x' | 'y';

/** What a formula can do; each has a number's and a tensor's form. */
export const FUNCTIONS = {
  abs: 1,
  cos: 1,
  exp: 1,
  log: 1,
  max: 2,
  min: 2,
  pow: 2,
  sin: 1,
  sqrt: 1,
  tan: 1,
  tanh: 1,
} as const;

export type FunctionName = keyof typeof FUNCTIONS;
export type Operation = FunctionName | 'add' | 'sub' | 'mul' | 'div' | 'neg';

/** A loss of two variables, as the parser leaves it. */
export type Formula =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'variable'; readonly name: VariableName }
  | { readonly kind: 'apply'; readonly operation: Operation; readonly inputs: readonly Formula[] };

export const number = (value: number): Formula => ({ kind: 'number', value });

export const apply = (operation: Operation, ...inputs: readonly Formula[]): Formula => ({ kind: 'apply', operation, inputs });

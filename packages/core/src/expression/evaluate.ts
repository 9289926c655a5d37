import { PRIMITIVES } from './interpret.ts';
import type { Expression, NodeData, Operation } from './node.ts';
import { NUMBER_FUNCTIONS } from './simplify.ts';

/**
 * Works out an expression of constants and leaves in float64; conditions are 0 and 1.
 *
 * @param leafValue Gives the value of a leaf that is no constant.
 */
export function evaluate(node: Expression, leafValue: (data: NodeData) => number): number {
  if (node.data.op === 'constant') return node.data.value;
  if (node.inputs.length === 0) return leafValue(node.data);
  const compute = NUMBER_FUNCTIONS[node.op] ?? PRIMITIVES[node.op as Operation];
  const [a = 0, b = 0, c = 0] = node.inputs.map((input) => evaluate(input, leafValue));
  return compute?.(a, b, c) ?? Number.NaN;
}

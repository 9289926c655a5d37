import type { Expression, NodeData, Reduction } from './node.ts';
import { numberFunction } from './simplify.ts';

/** The value of what was gathered, as the graph sees it. */
export const finished = (reduction: Reduction, gathered: number): number => (reduction === 'norm' ? Math.sqrt(gathered) : gathered);

/**
 * Works out an expression of constants and leaves in float64; conditions are 0 and 1.
 *
 * @param leafValue Gives the value of a leaf that is no constant.
 */
export function evaluate(root: Expression, leafValue: (data: NodeData) => number): number {
  const known = new Map<Expression, number>();
  const compute = (node: Expression): number => {
    const { data, inputs } = node;
    if (data.op === 'constant') return data.value;
    if (inputs.length === 0) return leafValue(data);
    const [a = 0, b = 0, c = 0] = inputs.map(value);
    return numberFunction(node)?.(a, b, c) ?? Number.NaN;
  };
  const value = (node: Expression): number => {
    const result = known.get(node) ?? compute(node);
    known.set(node, result);
    return result;
  };
  return value(root);
}

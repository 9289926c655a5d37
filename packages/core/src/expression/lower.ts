import { withInputs, type Expression } from './node.ts';

/**
 * What stands for one node whose inputs are primitive: the same value in primitive operations, or undefined where it is
 * primitive itself.
 *
 * All generators round each primitive operation to float32, so that a lowered graph gives the same bits in JavaScript and
 * WebAssembly. The accuracy of each function stands at its `lower…`; truth is the function of the float32 argument.
 */
export function lowerNode({ composite, inputs }: Expression): Expression | undefined {
  return composite?.lower(...inputs);
}

/** A graph in primitive operations; nodes that are shared stay shared. */
export function lower(root: Expression): Expression {
  const done = new Map<Expression, Expression>();
  const visit = (node: Expression): Expression => {
    const before = done.get(node);
    if (before !== undefined) return before;
    const rebuilt = withInputs(node, node.inputs.map(visit));
    const result = lowerNode(rebuilt) ?? rebuilt;
    done.set(node, result);
    return result;
  };
  return visit(root);
}

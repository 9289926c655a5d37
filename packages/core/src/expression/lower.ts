import { lowerExp, lowerLog, lowerSign, lowerTanh } from './lower-exp.ts';
import { lowerPow } from './lower-pow.ts';
import { lowerRandom } from './lower-random.ts';
import { lowerCos, lowerSin } from './lower-sin.ts';
import { withInputs, type Expression } from './node.ts';

/**
 * What stands for one node whose inputs are primitive: the same value in primitive operations, or undefined where it is
 * primitive itself.
 *
 * All generators round each primitive operation to float32, so that a lowered graph gives the same bits in JavaScript and
 * WebAssembly. The accuracy of each function stands at its `lower…`; truth is the function of the float32 argument.
 */
export function lowerNode(node: Expression): Expression | undefined {
  const [a, b] = node.inputs;
  if (node.data.op === 'random') return lowerRandom(node.data);
  if (a === undefined) return undefined;
  switch (node.op) {
    case 'sign':
      return lowerSign(a);
    case 'exp':
      return lowerExp(a);
    case 'log':
      return lowerLog(a);
    case 'tanh':
      return lowerTanh(a);
    case 'sin':
      return lowerSin(a);
    case 'cos':
      return lowerCos(a);
    case 'pow':
      return b === undefined ? undefined : lowerPow(a, b);
    default:
      return undefined;
  }
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

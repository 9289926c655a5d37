import { domains, resolveOver } from './domain.ts';
import { branch, leaf, withInputs, type Expression, type NodeData, type Over } from './node.ts';

/** How many values a reduction over the tensor or some axes takes in, of an operand that is the same over some of them. */
function countOf(over: Over, operand: Over, rank: number): Expression {
  const axes = typeof over === 'string' ? Array.from({ length: rank }, (_, axis) => axis) : over;
  const left = axes.filter((axis) => typeof operand !== 'string' && !operand.includes(axis));
  return left.length === 0 ? leaf({ op: 'constant', value: 1 }) : leaf({ op: 'size', over: resolveOver(left, rank) });
}

/**
 * Fits what a rule returned to a parameter: axes that count from the end are counted from the start, sizes become numbers of
 * the step, and each reduction over all parameters gets a label. Labels tell the reductions of one rule from those of
 * another: two rules may fold the same expression of one parameter and different ones of the next. They are numbered in the
 * order in which the rule's results need them.
 *
 * @param shared Gets each reduction over all parameters.
 */
export function resolver(path: string, rank: number, shared: (reduction: Expression) => void): (node: Expression) => Expression {
  const done = new Map<Expression, Expression>();
  const domainOf = domains();
  let labels = 0;
  const label = (data: Extract<NodeData, { op: 'reduce' }>, operand: Expression): Expression => {
    const reduction = branch({ ...data, label: `${path}.${labels++}` }, operand);
    shared(reduction);
    return reduction;
  };
  const resolve = (node: Expression): Expression => {
    const { data, inputs } = node;
    if (!('over' in data)) return node;
    const over = resolveOver(data.over, rank);
    const [operand] = inputs;
    if (data.op === 'size') {
      const size = countOf(over, operand === undefined ? [] : domainOf(operand), rank);
      return over === 'all' ? label({ op: 'reduce', reduction: 'sum', over, label: '' }, size) : size;
    }
    if (data.op === 'reduce' && over === 'all' && data.label === '' && operand !== undefined) return label(data, operand);
    return String(over) === String(data.over) ? node : Object.freeze({ ...node, data: { ...data, over } });
  };
  const visit = (node: Expression): Expression => {
    const result = done.get(node) ?? resolve(withInputs(node, node.inputs.map(visit)));
    done.set(node, result);
    return result;
  };
  return visit;
}

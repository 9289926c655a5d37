import { ELEMENT, type Expression, type Over } from './node.ts';

/** Axes as a rule writes them, made sorted, non-negative and free of repeats; all of them together are `'tensor'`. */
export function resolveOver(over: Over, rank: number): Over {
  if (typeof over === 'string') return over;
  const axes = [...new Set(over.map((axis) => (axis < 0 ? axis + rank : axis)))].sort((a, b) => a - b);
  return axes.length > 0 && axes.length === rank ? 'tensor' : axes;
}

/** What a value is the same over when it is made of two others. */
export function joinOver(a: Over, b: Over): Over {
  if (a === 'all') return b;
  if (b === 'all') return a;
  if (a === 'tensor') return b;
  if (b === 'tensor') return a;
  return a.filter((axis) => b.includes(axis));
}

export const sameOver = (a: Over, b: Over): boolean => String(a) === String(b) && typeof a === typeof b;

/** What each node of a graph is the same over; keeps what it has worked out. */
export function domains(): (node: Expression) => Over {
  const known = new Map<Expression, Over>();
  const domainOf = (node: Expression): Over => {
    const before = known.get(node);
    if (before !== undefined) return before;
    const { data } = node;
    let over: Over;
    if (data.op === 'input' || data.op === 'reduce' || data.op === 'reduced') over = data.over;
    else if (data.op === 'size' || data.op === 'key') over = 'tensor';
    else if (data.op === 'index' || data.op === 'random') over = ELEMENT;
    else over = node.inputs.map(domainOf).reduce(joinOver, 'all');
    known.set(node, over);
    return over;
  };
  return domainOf;
}

/** The shape of a value that is the same over some axes: these have size 1. */
export function shapeOver(shape: readonly number[], over: Over): readonly number[] {
  if (over === 'all') return [];
  return shape.map((size, axis) => (over === 'tensor' || over.includes(axis) ? 1 : size));
}

import { PARITY } from '../threefry.ts';
import { boxMuller, UNIT, UNIT_16 } from './float32.ts';
import { integer, nodes } from './nodes.ts';
import { leaf, type Expression, type NodeData } from './node.ts';

const {
  integerAdd,
  integerAnd,
  integerLess,
  integerOr,
  integerSum,
  integerXor,
  mul,
  rotateLeft,
  selectInteger,
  shiftLeft,
  shiftRight,
  toNumber,
} = nodes;

const ROTATIONS = [
  [13, 15, 26, 6],
  [17, 29, 16, 24],
] as const;

/** `threefry2x32` of `threefry.ts` in nodes, with 0 for the counter's second word. */
function threefry(k0: Expression, k1: Expression, counter: Expression): readonly [Expression, Expression] {
  const key = [k0, k1, integerXor(integerXor(k0, k1), integer(PARITY))] as const;
  const piece = (i: number): Expression => key[(i % 3) as 0 | 1 | 2];
  let x0 = integerSum(counter, k0);
  let x1 = k1;
  for (let group = 1; group <= 5; group += 1) {
    for (const count of ROTATIONS[((group + 1) % 2) as 0 | 1]) {
      x0 = integerSum(x0, x1);
      x1 = integerXor(rotateLeft(x1, count), x0);
    }
    x0 = integerSum(x0, piece(group));
    x1 = integerSum(x1, integerAdd(piece(group + 1), group));
  }
  return [x0, x1];
}

/** `uniform16At` of `random.ts`: whoever computes sixteen places at once needs four blocks for them. */
function uniform16(index: Expression, blockOf: (counter: Expression) => readonly [Expression, Expression]): Expression {
  const [w0, w1] = blockOf(integerOr(shiftLeft(shiftRight(index, 4), 2), integerAnd(index, 3)));
  const first = integerLess(integerAnd(index, 8), 1);
  const lower = integerLess(integerAnd(index, 4), 1);
  const halfOf = (word: Expression): Expression => selectInteger(lower, integerAnd(word, 0xffff), shiftRight(word, 16));
  return mul(toNumber(selectInteger(first, halfOf(w0), halfOf(w1))), UNIT_16);
}

/** The number that `randomStream` of `random.ts` gives for the element's place, under the key of step and parameter. */
export function lowerRandom({ distribution, ...source }: Omit<Extract<NodeData, { op: 'random' }>, 'op'>): Expression {
  const word = (which: 0 | 1): Expression => leaf({ ...source, op: 'key', word: which }, 'integer');
  const index = leaf({ op: 'index' }, 'integer');
  if (distribution === 'uniform16') return uniform16(index, (counter) => threefry(word(0), word(1), counter));
  const [w0, w1] = threefry(word(0), word(1), index);
  return distribution === 'uniform' ? mul(toNumber(shiftRight(w0, 8)), UNIT) : boxMuller(nodes, w0, w1);
}

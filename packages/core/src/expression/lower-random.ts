import { PARITY } from '../threefry.ts';
import { boxMuller, UNIT } from './float32.ts';
import { integer, nodes } from './nodes.ts';
import { leaf, type Expression, type NodeData } from './node.ts';

const { integerAdd, integerSum, integerXor, mul, rotateLeft, shiftRight, toNumber } = nodes;

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

/** The number that `randomStream` of `random.ts` gives for the element's place, under the key of step and parameter. */
export function lowerRandom({ distribution, ...source }: Omit<Extract<NodeData, { op: 'random' }>, 'op'>): Expression {
  const word = (which: 0 | 1): Expression => leaf({ ...source, op: 'key', word: which }, 'integer');
  const [w0, w1] = threefry(word(0), word(1), leaf({ op: 'index' }, 'integer'));
  return distribution === 'uniform' ? mul(toNumber(shiftRight(w0, 8)), UNIT) : boxMuller(nodes, w0, w1);
}

import { randomStream, type Key } from '@downhill/core';

/** One dimension of a Sobol sequence: its direction numbers, and what is added to every point, bit by bit. */
export interface Scrambling {
  readonly directions: readonly number[];
  readonly shift: number;
}

/**
 * A dimension with each binary digit of its points replaced by the sum of itself, a random choice of those before it, and a random bit: a random
 * lower triangular matrix with ones on the diagonal, and a digital shift. The points stay a net as even as before.
 *
 * Matoušek 1998, "On the L2-discrepancy for anchored boxes", Journal of Complexity 14, section 3; what SciPy does.
 */
export function scrambled(directions: readonly number[], key: Key): Scrambling {
  const { uint32At } = randomStream(key);
  const rows = Array.from({ length: 32 }, (_, digit) => rowOf(uint32At(digit), digit));
  return { directions: directions.map((direction) => product(rows, direction)), shift: uint32At(32) };
}

/** Random bits for the digits before `digit`, counted from the highest bit; a one for itself, zeros behind. */
const rowOf = (word: number, digit: number): number => ((word >>> (31 - digit)) | 1) << (31 - digit);

const product = (rows: readonly number[], word: number): number =>
  rows.reduce((bits, row, digit) => bits | (parity(row & word) << (31 - digit)), 0) >>> 0;

/** 1 for an odd number of ones. */
function parity(word: number): number {
  let folded = word;
  for (let by = 16; by > 0; by >>>= 1) folded ^= folded >>> by;
  return folded & 1;
}

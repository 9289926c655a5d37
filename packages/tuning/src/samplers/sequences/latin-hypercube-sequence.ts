import { checkNumber, randomStream, subKey, type Key } from '@downhill/core';
import { uniformAt } from '../uniform.ts';
import type { Sequence } from '../next-point.ts';

/**
 * Blocks of `size` points each. In every dimension [0, 1) is cut into `size` equal strata, and each of them has exactly one point of a block, at
 * a random place in it; the strata of the dimensions are combined at random.
 *
 *     u = (π(i) + r) / size
 *
 * McKay, Beckman & Conover 1979, section 2.
 *
 * @example
 * const sequence = latinHypercubeSequence(3, 4, streamKey(1, 'design'));
 * [0, 1, 2, 3].map((i) => Math.floor(4 * sequence(i)[0])).sort(); // [0, 1, 2, 3]
 *
 * @throws DownhillError `invalid-argument` where `dimensions`, or the index that the sequence is called with, is no whole number from 0 on, or
 * `size` is no whole number from 1 to 2³² − 1.
 */
export function latinHypercubeSequence(dimensions: number, size: number, key: Key): Sequence {
  checkNumber('latinHypercubeSequence', { dimensions }, { min: 0, integer: true });
  checkNumber('latinHypercubeSequence', { size }, { min: 1, max: 2 ** 32 - 1, integer: true });
  const orders = new Map<number, readonly Uint32Array[]>();
  const ordersOf = (block: number): readonly Uint32Array[] => {
    const order = orders.get(block) ?? eachOf(dimensions, (d) => randomStream(subKey(key, 'order', block, d)).permutation(size));
    orders.set(block, order);
    return order;
  };
  return (index) => {
    checkNumber('latinHypercubeSequence', { index }, { min: 0, integer: true });
    const [block, i] = [Math.floor(index / size), index % size];
    return ordersOf(block).map((order, d) => ((order[i] ?? 0) + uniformAt(subKey(key, 'place', block, d), i)) / size);
  };
}

const eachOf = <T>(count: number, make: (i: number) => T): readonly T[] => Array.from({ length: count }, (_, i) => make(i));

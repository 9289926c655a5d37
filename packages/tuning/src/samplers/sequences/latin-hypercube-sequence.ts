import { checkNumber, randomStream, subKey, type Key, type RandomStream } from '@downhill/core';
import { uniformOf } from '../uniform.ts';
import type { Sequence } from './sequence.ts';

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
  const blocks = new Map<number, readonly Dimension[]>();
  return (index) => {
    checkNumber('latinHypercubeSequence', { index }, { min: 0, integer: true });
    const [number, i] = [Math.floor(index / size), index % size];
    const block = blocks.get(number) ?? Array.from({ length: dimensions }, (_, d) => dimensionOf(subKey(key, number, d), size));
    blocks.set(number, block);
    return block.map(({ order, places }) => ((order[i] ?? 0) + uniformOf(places, i)) / size);
  };
}

/** One dimension of a block: the stratum of each point, and where the points lie in theirs. */
interface Dimension {
  readonly order: Uint32Array;
  readonly places: RandomStream;
}

const dimensionOf = (key: Key, size: number): Dimension => ({
  order: randomStream(subKey(key, 'order')).permutation(size),
  places: randomStream(subKey(key, 'place')),
});

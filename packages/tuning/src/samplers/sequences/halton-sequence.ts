import { checkNumber, randomStream, subKey, type Key } from '@downhill/core';
import type { Sequence } from './sequence.ts';

/** What a digit stands for in each place of a number of base `base`, from the first after the point on. */
interface Base {
  readonly base: number;
  readonly digits: readonly (readonly number[] | Uint32Array)[];
}

/**
 * The Halton sequence: the digits of the index in base 2, 3, 5, 7, ... one prime a dimension, mirrored at the point.
 *
 *     u = Σₖ π(dₖ) base⁻ᵏ⁻¹,   index = Σₖ dₖ baseᵏ
 *
 * Halton 1960, "On the efficiency of certain quasi-random sequences of points", Numerische Mathematik 2. Point 0 is the origin.
 *
 * @param key Where given, every place of every dimension has a random permutation π of its digits, the zeros behind an index's last digit
 * included: Owen 2017, "A randomized Halton algorithm in R" (arXiv:1706.02808). Else π changes nothing.
 * @example
 * haltonSequence(2)(1); // [1 / 2, 1 / 3]
 * haltonSequence(2)(2); // [1 / 4, 2 / 3]
 *
 * @throws DownhillError `invalid-argument` where `dimensions`, or the index that the sequence is called with, is no whole number from 0 on.
 */
export function haltonSequence(dimensions: number, key?: Key): Sequence {
  checkNumber('haltonSequence', { dimensions }, { min: 0, integer: true });
  const bases = primes(dimensions).map((base, d) => ({ base, digits: digitsOf(base, key === undefined ? undefined : subKey(key, d)) }));
  return (index) => {
    checkNumber('haltonSequence', { index }, { min: 0, integer: true });
    return bases.map((base) => mirrored(index, base));
  };
}

function mirrored(index: number, { base, digits }: Base): number {
  let [rest, weight, u] = [index, 1, 0];
  for (const standsFor of digits) {
    weight /= base;
    u += (standsFor[rest % base] ?? 0) * weight;
    rest = Math.floor(rest / base);
  }
  return u;
}

/** As many places as a float64 has bits, which is also more than a safe integer has digits. */
function digitsOf(base: number, key: Key | undefined): Base['digits'] {
  const inOrder = Array.from({ length: base }, (_, digit) => digit);
  const places = Array.from({ length: placesOf(base) }, (_, place) => place);
  return places.map((place) => (key === undefined ? inOrder : randomStream(subKey(key, place)).permutation(base)));
}

function placesOf(base: number): number {
  let places = 0;
  for (let reach = 1; reach < 2 ** 53; reach *= base) places += 1;
  return places;
}

function primes(count: number): readonly number[] {
  const found: number[] = [];
  for (let n = 2; found.length < count; n += 1) if (!found.some((prime) => n % prime === 0)) found.push(n);
  return found;
}

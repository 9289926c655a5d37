import { streamKey } from '@downhill/core';
import { describe, expect, test } from 'vitest';
import type { Sequence } from './sequence.ts';
import { uniformAt } from '../uniform.ts';
import reference from './fixtures/sobol-128.json' with { type: 'json' };
import { haltonSequence } from './halton-sequence.ts';
import { latinHypercubeSequence } from './latin-hypercube-sequence.ts';
import { sobolSequence } from './sobol-sequence.ts';

const key = (seed: number) => streamKey(seed, 'test');
const pointsOf = (sequence: Sequence, count: number, from = 0) => Array.from({ length: count }, (_, i) => sequence(from + i));

/** How many points lie in each of so many equal parts of a dimension. */
function counts(values: readonly number[], parts: number): readonly number[] {
  const found = Array.from({ length: parts }, () => 0);
  for (const value of values) found[Math.floor(value * parts)]! += 1;
  return found;
}
const ones = (count: number) => Array.from({ length: count }, () => 1);

/** The L2 star discrepancy: Warnock 1972, as in Matoušek 1998, section 2. */
function discrepancy(points: readonly (readonly number[])[]): number {
  const [n, dimensions] = [points.length, points[0]!.length];
  const product = (each: (d: number) => number): number => Array.from({ length: dimensions }, (_, d) => each(d)).reduce((a, b) => a * b, 1);
  const single = points.reduce((sum, x) => sum + product((d) => 1 - x[d]! ** 2), 0);
  const pairs = points.reduce((sum, x) => sum + points.reduce((inner, y) => inner + product((d) => 1 - Math.max(x[d]!, y[d]!)), 0), 0);
  return Math.sqrt(3 ** -dimensions - (2 ** (1 - dimensions) / n) * single + pairs / n ** 2);
}

const random =
  (dimensions: number, seed: number): Sequence =>
  (index) =>
    Array.from({ length: dimensions }, (_, d) => uniformAt(streamKey(seed, 'random', d), index));

describe('the Sobol sequence', () => {
  test.each(Object.entries(reference.points))('is that of SciPy in 128 dimensions: point %s', (index, expected) => {
    expect(sobolSequence(128)(Number(index)).map((u) => u * 2 ** 32)).toEqual(expected);
  });

  test.each([undefined, key(1), key(2)])('has one of 2ᵐ points in each of 2ᵐ parts of every dimension, scrambled or not', (scramble) => {
    const points = pointsOf(sobolSequence(40, scramble), 64);
    for (let d = 0; d < 40; d += 1)
      expect(
        counts(
          points.map((point) => point[d]!),
          64,
        ),
      ).toEqual(ones(64));
  });

  test.each([undefined, key(1), key(2)])('is a net in its first two dimensions, in every block, scrambled or not', (scramble) => {
    const points = pointsOf(sobolSequence(2, scramble), 64, 192);
    for (let halvings = 0; halvings <= 6; halvings += 1) {
      const [columns, rows] = [2 ** halvings, 2 ** (6 - halvings)];
      const cells = points.map(([x, y]) => Math.floor(x! * columns) * rows + Math.floor(y! * rows));
      expect(cells.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 64 }, (_, i) => i));
    }
  });

  test('is scrambled in every digit: another key, or another dimension, has nothing to do with it', () => {
    const bits = (seed: number, d: number) => pointsOf(sobolSequence(3, key(seed)), 32).map((point) => (point[d]! * 2 ** 32) >>> 0);
    const distance = (a: readonly number[], b: readonly number[]) =>
      a.reduce((sum, word, i) => sum + ((word ^ b[i]!) >>> 0).toString(2).replaceAll('0', '').length, 0) / (32 * a.length);
    expect(distance(bits(1, 0), bits(2, 0))).toBeCloseTo(0.5, 1);
    expect(distance(bits(1, 1), bits(1, 2))).toBeCloseTo(0.5, 1);
  });

  test('ends at 128 dimensions', () => {
    expect(() => sobolSequence(129)).toThrow(
      '[invalid-argument] sobol: `dimensions` must be a whole number, at least 0 and at most 128, got 129. Every parameter that is searched is one.',
    );
  });

  test.each([-1, 0.5, 2 ** 32])('has no point %d', (index) => {
    expect(() => sobolSequence(1)(index)).toThrow('`index` must be a whole number, at least 0 and at most 4294967295');
  });
});

describe('the Halton sequence', () => {
  test('has the mirrored digits of the index in the primes', () => {
    const point = haltonSequence(30)(1000);
    expect(point[0]).toBe(0b0001011111 / 1024);
    expect(point[2]).toBeCloseTo(3 / 625 + 1 / 3125, 15); // 1000 is 13000 in base 5
    expect(point[29]).toBeCloseTo(96 / 113 + 8 / 113 ** 2, 15); // the 30th prime is 113
  });

  test.each([undefined, key(1), key(2)])('has one of baseᵏ points in each of as many parts, scrambled or not', (scramble) => {
    for (const [d, base] of [2, 3, 5, 7].entries()) {
      const values = pointsOf(haltonSequence(4, scramble), base ** 2, 3 * base ** 2).map((point) => point[d]!);
      expect(counts(values, base ** 2)).toEqual(ones(base ** 2));
    }
  });

  test('does not begin at the origin where it is scrambled, nor in few digits', () => {
    const [first] = pointsOf(haltonSequence(3, key(1)), 1);
    for (const u of first!) expect(Number.isInteger(u * 2 ** 20)).toBe(false);
  });

  test.each([-1, 0.5])('has no point %d, and no such number of dimensions', (number) => {
    expect(() => haltonSequence(1)(number)).toThrow('`index` must be a whole number, at least 0');
    expect(() => haltonSequence(number)).toThrow('`dimensions` must be a whole number, at least 0');
  });
});

describe('a Latin hypercube', () => {
  test('has one point of each block in each stratum of every dimension', () => {
    const sequence = latinHypercubeSequence(5, 13, key(1));
    for (const block of [0, 1, 7])
      for (let d = 0; d < 5; d += 1)
        expect(
          counts(
            pointsOf(sequence, 13, 13 * block).map((point) => point[d]!),
            13,
          ),
        ).toEqual(ones(13));
  });

  test('combines the strata anew in every dimension, block and key', () => {
    const order = (seed: number, d: number, block: number) =>
      pointsOf(latinHypercubeSequence(2, 20, key(seed)), 20, 20 * block).map((point) => Math.floor(point[d]! * 20));
    const orders = [order(1, 0, 0), order(1, 1, 0), order(1, 0, 1), order(2, 0, 0)];
    expect(new Set(orders.map(String)).size).toBe(4);
  });

  test('lies at random in its strata', () => {
    const offsets = pointsOf(latinHypercubeSequence(1, 1000, key(3)), 1000).map(([u]) => (u! * 1000) % 1);
    const tenths = counts(offsets, 10);
    expect(Math.min(...tenths)).toBeGreaterThan(70);
    expect(Math.max(...tenths)).toBeLessThan(130);
    const [first, second] = [0, 2].map((block) =>
      pointsOf(latinHypercubeSequence(2, 2, key(3)), 2, block).map(([x, y]) => [(2 * x!) % 1, (2 * y!) % 1]),
    );
    expect(new Set([first, second].flat(2)).size).toBe(8);
  });

  test('of no points is refused', () => {
    expect(() => latinHypercubeSequence(1, 0, key(1))).toThrow('`size` must be a whole number, at least 1');
    expect(() => latinHypercubeSequence(-1, 1, key(1))).toThrow('`dimensions` must be a whole number, at least 0');
    expect(() => latinHypercubeSequence(1, 1, key(1))(-1)).toThrow('`index` must be a whole number, at least 0');
  });
});

test.each([
  ['Sobol', 0.5, (seed: number) => sobolSequence(4, key(seed))],
  ['Halton', 0.6, (seed: number) => haltonSequence(4, key(seed))],
  ['Latin hypercube', 0.9, (seed: number) => latinHypercubeSequence(4, 64, key(seed))],
] as const)('64 points of %s have at most %d times the discrepancy of random ones, over 10 keys', (_, share, sequenceOf) => {
  const total = (make: (seed: number) => Sequence) =>
    Array.from({ length: 10 }, (_, seed) => discrepancy(pointsOf(make(seed), 64))).reduce((a, b) => a + b);
  expect(total(sequenceOf)).toBeLessThan(share * total((seed) => random(4, seed)));
});

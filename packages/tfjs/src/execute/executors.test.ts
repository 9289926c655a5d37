import { chain, type Transform } from '@downhill/core';
import { describe, expect, test } from 'vitest';
import { adamLike, aboveMean, clip, distance, factored, kernels, maxNorm, noisy, normalize, others, trustRatio } from '../../test/rules.ts';
import { train, WAYS, type Trained } from '../../test/train.ts';

const RULES: Readonly<Record<string, () => Transform>> = {
  'no rule': () => chain(),
  Adam: adamLike,
  'two equal rules': () => chain(adamLike(), adamLike()),
  'the global norm': () => chain(clip('all'), adamLike()),
  'a norm per tensor': () => chain(clip('tensor', 0.5), clip('all', 0.5)),
  'the norms of update and weight': () => chain(adamLike(), trustRatio()),
  'rows and columns': () => chain(kernels(factored()), others(adamLike())),
  'a maximal norm per unit': () => maxNorm(0.5),
  'a number over all parameters': () => distance(),
  'a statistic of a statistic': aboveMean,
  'reductions under two masks': () => chain(kernels(clip('all')), others(clip('all', 0.1))),
  noise: noisy,
  'a rule for whole tensors': () => chain(clip('all'), kernels(normalize()), adamLike()),
};

const SHAPES: Readonly<Record<string, readonly (readonly number[])[]>> = {
  'of rank 0 to 4': [[], [7], [3, 5], [2, 3, 4], [3, 3, 2, 5]],
  'of 1, 3, 4 and 5 elements': [[1], [3], [4], [5], [1, 1], [1, 5], [5, 1]],
  'of 1000 elements': [[1000], [40, 25]],
  'without elements': [[0], [3], [0, 4], [4, 0]],
};

/**
 * The ways differ in what they round (each step, or stores alone) and in the order of sums. A value that three steps compute
 * with some twenty roundings of 6e-8 each, of numbers up to 4, is off by less than 2e-5.
 */
function expectSame(ours: Trained['values'], theirs: Trained['values']): void {
  expect(Object.keys(ours)).toEqual(Object.keys(theirs));
  for (const [name, values] of Object.entries(ours))
    values.forEach((value, i) => {
      const other = theirs[name]![i]!;
      if (!Object.is(value, other) && !(Math.abs(value - other) <= 2e-5 * Math.max(1, Math.abs(other)))) expect(value, `${name}[${i}]`).toBe(other);
    });
}

describe.each(Object.entries(SHAPES))('on parameters %s', (_, shapes) => {
  test.each(Object.entries(RULES))('%s does the same on cpu, wasm and with tfjs operations, and leaks nothing', async (_, rule) => {
    const [first, ...rest] = await inTurn(WAYS.map((way) => () => train(rule(), shapes, way)));
    for (const other of rest) {
      expectSame(other.values, first!.values);
      for (const [name, numbers] of Object.entries(first!.statistics)) expect(Object.keys(other.statistics[name]!)).toEqual(Object.keys(numbers));
    }
    expect([first, ...rest].map((result) => result?.leaked)).toEqual(WAYS.map(() => 0));
  });
});

/** One after the other: the backend is the same for everybody. */
async function inTurn<Result>(calls: readonly (() => Promise<Result>)[]): Promise<readonly Result[]> {
  const results: Result[] = [];
  for (const call of calls) results.push(await call());
  return results;
}

test('statistics are the same everywhere', async () => {
  const all = await inTurn(WAYS.map((way) => () => train(chain(clip('all'), trustRatio(), aboveMean()), [[3], [4, 5]], way)));
  for (const { statistics } of all)
    for (const [name, numbers] of Object.entries(all[0]!.statistics))
      for (const [key, value] of Object.entries(numbers)) expect(statistics[name]![key], `${name} ${key}`).toBeCloseTo(value, 4);
});

test('random numbers are the same integers everywhere', async () => {
  const bits = await inTurn(WAYS.map((way) => async () => (await train(chain(noisy()), [[3], [33]], way)).values));
  expect(bits[2]).toEqual(bits[3]);
  expect(Object.keys(bits[0]!)).toEqual(['p0', 'p1']);
});

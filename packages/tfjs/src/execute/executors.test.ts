import {
  abs,
  and,
  chain,
  clamp,
  count,
  elementIndex,
  equal,
  exp,
  floor,
  isFinite,
  less,
  lessEqual,
  log,
  max,
  maxAbs,
  min,
  norm,
  not,
  or,
  pow,
  select,
  sign,
  sqrt,
  square,
  tanh,
  transform,
  type Expression,
  type Transform,
} from '@downhill/core';
import { describe, expect, test } from 'vitest';
import { adamLike, aboveMean, clip, distance, factored, kernels, maxNorm, noisy, normalize, others, trustRatio } from '../../test/rules.ts';
import { stepWith, train, useBackend, variableOf, WAYS, type Trained } from '../../test/train.ts';
import { optimizer } from '../optimizer.ts';

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
  'without elements': [[0], [3], [0, 4], [0, 4, 2]],
};

/**
 * The ways differ in what they round (each step, or stores alone) and in the order of sums. A value that three steps compute
 * with some twenty roundings of 6e-8 each, of numbers up to 4, is off by less than 2e-5.
 */
const isClose = (a: number, b: number): boolean =>
  a === b || (Number.isNaN(a) && Number.isNaN(b)) || Math.abs(a - b) <= 2e-5 * Math.max(1, Math.abs(b));

function expectSame(ours: Trained['values'], theirs: Trained['values']): void {
  expect(Object.keys(ours)).toEqual(Object.keys(theirs));
  for (const [name, values] of Object.entries(ours))
    values.forEach((value, i) => {
      const other = theirs[name]![i]!;
      if (!isClose(value, other)) expect(value, `${name}[${i}]`).toBe(other);
    });
}

describe.each(Object.entries(SHAPES))('on parameters %s', (_, shapes) => {
  test.each(Object.entries(RULES))('%s does the same on cpu, wasm and with tfjs operations, and leaks nothing', async (_, rule) => {
    const [first, ...rest] = await inTurn(WAYS.map((way) => () => train(rule(), shapes, way)));
    for (const other of rest) {
      expectSame(other.values, first!.values);
      for (const [name, numbers] of Object.entries(first!.statistics))
        expect(Object.keys(other.statistics[name]!)).toEqual(Object.keys(numbers));
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

const SPECIAL = [Number.NaN, Infinity, -Infinity, 0, -0, 1e30, -1.5, 2];
const OPERATIONS: Readonly<Record<string, (g: Expression) => Expression>> = {
  min: (g) => min(g, 1),
  max: (g) => max(1, g),
  'a minimum the other way round': (g) => min(1, g),
  'a maximum the other way round': (g) => max(g, 1),
  clamp: (g) => clamp(g, -1, 1),
  sign: (g) => sign(g) as Expression,
  abs: (g) => abs(g),
  sqrt: (g) => sqrt(g),
  square: (g) => square(g),
  exp: (g) => exp(g),
  log: (g) => log(g),
  tanh: (g) => tanh(g),
  floor: (g) => floor(g),
  pow: (g) => pow(g, 3),
  'a comparison': (g) => select(less(g, 1), g, 1),
  equality: (g) => select(equal(g, g), g, 7),
  finiteness: (g) => select(isFinite(g), g, 7),
  'both conditions': (g) => select(or(and(less(g, 1), less(-1, g)), not(lessEqual(g, 3))), g, 7),
  'the largest': (g) => maxAbs(g),
  norm: (g) => norm(g),
  'the count': (g) => count(isFinite(g)),
  'the place': () => elementIndex(),
};

test.each(Object.entries(OPERATIONS))('%s treats NaN, infinity and zeros alike everywhere', async (_, operation) => {
  const rule = transform({ name: 'r', config: {}, update: operation });
  const all = await inTurn(
    WAYS.map(([backend, execution]) => async () => {
      await useBackend(backend);
      const variable = variableOf(
        SPECIAL.map(() => 0),
        [SPECIAL.length],
      );
      const given = optimizer(rule, { execution });
      stepWith(given, [[variable, SPECIAL]]);
      const values = [...variable.dataSync()];
      given.dispose();
      variable.dispose();
      return values;
    }),
  );
  for (const values of all) values.forEach((value, i) => isClose(value, all[0]![i]!) || expect(value, `of ${SPECIAL[i]}`).toBe(all[0]![i]));
});

import { random, tpe } from '@downhill/tuning';
import { describe, expect, test } from 'vitest';
import { findPython } from '../python.ts';
import { problems } from './problems.ts';
import { searchOptuna } from './search-optuna.ts';
import { bestAfter, search } from './search.ts';

const [branin] = problems;
const python = await findPython('optuna');

test('gives the values of all trials, the same for the same seed', async () => {
  const found = await search(branin!, random(), { trials: 12, seed: 3 });
  expect(found).toHaveLength(12);
  expect(await search(branin!, random(), { trials: 12, seed: 3 })).toEqual(found);
  expect(bestAfter(found, 12)).toBe(Math.min(...found));
  expect(bestAfter(found, 1)).toBe(found[0]);
});

test('another sampler finds something else once it has learned', async () => {
  const [byRandom, byTpe] = await Promise.all([random(), tpe()].map((sampler) => search(branin!, sampler, { trials: 12, seed: 3 })));
  expect(byTpe!.slice(0, 10)).toEqual(byRandom!.slice(0, 10));
  expect(byTpe![11]).not.toBe(byRandom![11]);
});

describe.skipIf(python === undefined)('Optuna', () => {
  test.each(problems)('searches the same $name', async (problem) => {
    const found = await searchOptuna(problem, { python: python!, sampler: { multivariate: true, group: true }, trials: 15, seeds: [1, 2] });
    expect(found.version).toMatch(/^\d+\.\d+/);
    expect(found.values.map((values) => values.length)).toEqual([15, 15]);
  });

  test('is refused where Python’s problem is another one', async () => {
    const other = { ...branin!, at: () => 7 };
    await expect(searchOptuna(other, { python: python!, sampler: {}, trials: 2, seeds: [1] })).rejects.toThrow('branin is');
  });
});

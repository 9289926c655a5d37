import { DownhillError } from '@downhill/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { gridSearch, type SearchSpace, type Settings } from '../index.ts';

const space = {
  rate: { kind: 'float', low: 1e-4, high: 1e-1, log: true },
  decay: { kind: 'categorical', choices: [1e-4, 1e-5, 0] },
} satisfies SearchSpace;

const tried = async (budget: number, of: SearchSpace = space, seed = 0): Promise<readonly Settings[]> => {
  const { trials } = await gridSearch({ space: of, evaluate: async () => 1, budget, seed });
  return trials.map(({ settings }) => settings);
};

describe('gridSearch', () => {
  test('every weight decay with as many rates as the budget has room for, decades apart', async () => {
    const all = await tried(12);
    expect(all).toHaveLength(12);
    expect([...new Set(all.map(({ rate }) => rate))]).toEqual([1e-4, 1e-3, 1e-2, 1e-1]);
    for (const decay of [1e-4, 1e-5, 0]) expect(all.filter((settings) => settings['decay'] === decay)).toHaveLength(4);
  });

  test('one rate alone is the middle; two intervals share the budget', async () => {
    expect(new Set((await tried(3)).map(({ rate }) => rate))).toEqual(new Set([0.00316228]));
    const both = { a: space.rate, b: space.rate };
    expect(await tried(6, both)).toHaveLength(6); // 3 and 2
  });

  test('never more than the budget, never the same twice, always within the space', () =>
    fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 40 }),
        fc.double({ min: 1e-6, max: 1, noNaN: true }),
        fc.double({ min: 1, max: 1000, noNaN: true }),
        fc.uniqueArray(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 10 }),
        async (budget, low, factor, choices) => {
          const rate = { kind: 'float', low, high: low * factor, log: true } as const;
          const all = await tried(budget, { rate, other: { kind: 'categorical', choices } });
          expect(all.length).toBeGreaterThan(0);
          expect(all.length).toBeLessThanOrEqual(budget);
          expect(new Set(all.map((settings) => settings['other'])).size).toBe(Math.min(budget, choices.length));
          for (const { rate: value } of all) {
            expect(value).toBeGreaterThanOrEqual(low * (1 - 1e-5));
            expect(value).toBeLessThanOrEqual(rate.high * (1 + 1e-5));
          }
        },
      ),
    ));

  test('choices beyond the budget are drawn from the seed', async () => {
    const many: SearchSpace = { a: { kind: 'categorical', choices: Array.from({ length: 50 }, (_, i) => i) } };
    expect(await tried(5, many)).toHaveLength(5);
    expect(await tried(5, many, 1)).toEqual(await tried(5, many, 1));
    expect(await tried(5, many, 1)).not.toEqual(await tried(5, many, 2));
  });

  test('the best is that of the least loss, and NaN is the worst', async () => {
    const losses = [Number.NaN, 3, Infinity, 1, 2];
    const { best, trials } = await gridSearch({
      space: { a: { kind: 'categorical', choices: [0, 1, 2, 3, 4] } },
      evaluate: async ({ a }) => losses[a] ?? Number.NaN,
      budget: 5,
      seed: 0,
    });
    expect(best).toEqual({ a: 3 });
    expect(trials.map(({ loss }) => loss)).toEqual(losses);
  });

  test('ends with what it has when the signal asks, also where an evaluation is cut off', async () => {
    const controller = new AbortController();
    let calls = 0;
    const evaluate = async (): Promise<number> => {
      if (++calls < 3) return calls;
      controller.abort();
      throw new DownhillError({ code: 'aborted', source: 'test', problem: 'asked to stop' });
    };
    const { best, trials } = await gridSearch({ space, evaluate, budget: 12, seed: 0, signal: controller.signal });
    expect([trials.length, best]).toEqual([2, trials[0]!.settings]);
    const nothing = await gridSearch({ space, evaluate, budget: 12, seed: 0, signal: controller.signal });
    expect([nothing, calls]).toEqual([{ best: undefined, trials: [] }, 3]);
  });

  test('an error of an evaluation comes through', async () => {
    const evaluate = async (): Promise<number> => {
      throw new RangeError('broken');
    };
    await expect(gridSearch({ space, evaluate, budget: 2, seed: 0 })).rejects.toThrow('broken');
  });

  test.each([
    [{ budget: 0 }, '`budget` must be a whole number, at least 1'],
    [{ space: { a: { kind: 'float', low: 0, high: 1, log: true } } }, 'the space of a: `low`'],
    [{ space: { a: { kind: 'float', low: 2, high: 1, log: true } } }, '`high` must be a finite number, at least 2'],
    [{ space: { a: { kind: 'categorical', choices: [] } } }, "must be { kind: 'float'"],
    [{ space: { a: { kind: 'categorical', choices: [Number.NaN] } } }, '`choice`'],
    [{ trials: 3 }, 'has no option `trials`'],
  ])('refuses %j', async (wrong, message) => {
    const refused = gridSearch({ space, evaluate: async () => 1, budget: 3, seed: 0, ...wrong } as never);
    await expect(refused).rejects.toThrow(message);
    await expect(refused).rejects.toMatchObject({ code: 'invalid-argument' });
  });
});

import type { Settings } from '@downhill/core';
import { describe, expect, test } from 'vitest';
import { sampled } from '../../test/sampled.ts';
import { categorical } from '../space/categorical.ts';
import { float } from '../space/float.ts';
import { space } from '../space/space.ts';
import { grid } from './grid.ts';
import { random } from './random.ts';

describe('random', () => {
  test('is even over a range, a logarithm and choices', () => {
    const searched = space({ share: float(0, 1), rate: float(1e-4, 1, { log: true }), kind: categorical(['a', 'b', 'c', 'd']) });
    const tried = Array.from({ length: 20 }, (_, seed) => sampled(random(), searched, 50, seed)).flat();
    const quarters = {
      share: tried.map(({ share }) => Math.floor(4 * (share as number))),
      rate: tried.map(({ rate }) => Math.floor(Math.log10(rate as number))),
      kind: tried.map(({ kind }) => kind),
    };
    for (const of of Object.values(quarters)) {
      const counts = [...new Set(of)].map((quarter) => of.filter((other) => other === quarter).length);
      expect(counts).toHaveLength(4);
      for (const count of counts) expect(Math.abs(count - 250)).toBeLessThan(4 * Math.sqrt(1000 * 0.25 * 0.75));
    }
  });

  test('chooses each parameter by its name alone: another one beside it changes nothing', () => {
    const rates = (parameters: Parameters<typeof space>[0]) => sampled(random(), space(parameters), 5).map(({ rate }) => rate);
    expect(rates({ other: float(0, 1), rate: float(0, 1) })).toEqual(rates({ rate: float(0, 1) }));
  });
});

// Bergstra & Bengio 2012, figure 1: nine trials, one dimension that matters and one that does not.
describe('of nine trials where one of two dimensions matters', () => {
  const searched = space({ important: float(0, 1), unimportant: float(0, 1) });
  const distinct = (tried: readonly Settings[]) => new Set(tried.map(({ important }) => important)).size;

  test('the grid tries three values of it, random nine', () => {
    expect(distinct(sampled(grid({ points: 3 }), searched, 9))).toBe(3);
    for (let seed = 0; seed < 20; seed += 1) expect(distinct(sampled(random(), searched, 9, seed))).toBe(9);
  });

  test('random comes nearer to a narrow peak, wherever it is', () => {
    const best = (tried: readonly Settings[], peak: number) =>
      Math.max(
        ...tried.map(
          ({ important, unimportant }) => Math.exp(-(((important as number) - peak) ** 2) / 0.005) + 0.01 * (unimportant as number),
        ),
      );
    const peaks = Array.from({ length: 200 }, (_, i) => (i + 0.5) / 200);
    const onGrid = peaks.map((peak) => best(sampled(grid({ points: 3 }), searched, 9), peak));
    const atRandom = peaks.map((peak, seed) => best(sampled(random(), searched, 9, seed), peak));
    const mean = (values: readonly number[]) => values.reduce((a, b) => a + b) / values.length;
    expect(mean(atRandom)).toBeGreaterThan(1.5 * mean(onGrid));
    expect(atRandom.filter((value, i) => value > onGrid[i]!).length).toBeGreaterThan(120);
  });
});

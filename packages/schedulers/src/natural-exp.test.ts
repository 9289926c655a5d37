import { testSchedule } from '@downhill/conformance';
import { describe, expect, test } from 'vitest';
import { naturalExp } from './natural-exp.ts';

testSchedule('naturalExp', () => naturalExp({ from: 0.1, rate: 0.05 }), { factories: { naturalExp } });

describe('naturalExp', () => {
  test('falls to an e-th with each `every` / `rate` steps', () => {
    const rate = naturalExp({ from: 1, rate: 0.5, every: 4 });
    expect([0, 4, 8, 16].map((t) => rate.at(t))).toEqual([0, -0.5, -1, -2].map((power) => expect.closeTo(Math.exp(power), 14)));
  });

  test('counts in single steps where nothing is given', () => {
    expect(naturalExp({ from: 1, rate: 1 }).at(2)).toBeCloseTo(Math.exp(-2), 14);
  });

  test('falls only after each `every` steps as a staircase', () => {
    const rate = naturalExp({ from: 1, rate: 1, every: 2, staircase: true });
    expect([0, 1, 2, 3].map((t) => rate.at(t))).toEqual([1, 1, expect.closeTo(1 / Math.E, 14), expect.closeTo(1 / Math.E, 14)]);
  });

  test('stays with a rate of 0, and refuses one below', () => {
    expect(naturalExp({ from: 0.1, rate: 0 }).at(1e6)).toBe(0.1);
    expect(() => naturalExp({ from: 1, rate: -1 })).toThrow('naturalExp: `rate` must be a finite number, at least 0, got -1');
    expect(() => naturalExp({ from: 1, rate: 1, every: 0 })).toThrow('`every` must be a finite number, above 0, got 0');
  });
});

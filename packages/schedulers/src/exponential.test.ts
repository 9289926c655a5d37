import { testSchedule } from '@downhill/conformance';
import { describe, expect, test } from 'vitest';
import { exponential } from './exponential.ts';
import { step } from './step.ts';

testSchedule('exponential', () => exponential({ from: 0.1, factor: 0.95 }), { factories: { exponential } });
testSchedule('exponential', () => exponential({ from: 0.1, factor: 0.5, every: 7, staircase: true }), { factories: { exponential } });

describe('exponential', () => {
  test('falls a little with each step', () => {
    const rate = exponential({ from: 4, factor: 0.25, every: 2 });
    expect([0, 1, 2, 3].map((t) => rate.at(t))).toEqual([4, 2, 1, 0.5]);
  });

  test('multiplies at each step where `every` is not given', () => {
    expect(exponential({ from: 1, factor: 0.5 }).at(3)).toBe(0.125);
  });

  test('is `step` as a staircase', () => {
    const options = { from: 0.1, factor: 0.3, every: 4 };
    const [stairs, steps] = [exponential({ ...options, staircase: true }), step(options)];
    for (let t = 0; t < 20; t++) expect(stairs.at(t)).toBe(steps.at(t));
  });

  test('may grow', () => {
    expect(exponential({ from: 1e-3, factor: 10, every: 2 }).at(4)).toBeCloseTo(0.1, 15);
  });

  test('refuses a negative factor', () => {
    expect(() => exponential({ from: 1, factor: -1 })).toThrow('exponential: `factor` must be a finite number, at least 0, got -1');
  });
});

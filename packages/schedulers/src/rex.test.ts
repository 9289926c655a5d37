import { testSchedule } from '@downhill/conformance';
import { describe, expect, test } from 'vitest';
import { linear } from './linear.ts';
import { rex } from './rex.ts';

testSchedule('rex', () => rex({ from: 0.1, to: 0.003, steps: 70 }), { factories: { rex } });

describe('rex', () => {
  test('is two thirds up after half the steps, and two fifths after three quarters', () => {
    const rate = rex({ from: 16, to: 1, steps: 4 });
    expect([0, 2, 3, 4, 5, 1e9].map((t) => rate.at(t))).toEqual([16, 11, 7, 1, 1, 1].map((value) => expect.closeTo(value, 12)));
  });

  test('is above the line on the whole way', () => {
    const [curve, line] = [rex({ from: 1, steps: 20 }), linear({ from: 1, steps: 20 })];
    for (let t = 1; t < 20; t++) expect(curve.at(t)).toBeGreaterThan(line.at(t));
  });

  test('ends at 0 where no end is given, and at both ends to the last bit', () => {
    expect([0, 1].map((t) => rex({ from: 0.1, steps: 1 }).at(t))).toEqual([0.1, 0]);
    expect(rex({ from: 0.1, to: 0.003, steps: 3 }).at(3)).toBe(0.003);
  });

  test('says what to do about 0 steps', () => {
    expect(() => rex({ from: 1, steps: 0 })).toThrow(
      'rex: `steps` must be a whole number, at least 1, got 0. Pass batches per epoch × epochs.',
    );
  });
});

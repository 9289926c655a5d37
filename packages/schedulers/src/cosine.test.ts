import { testSchedule } from '@downhill/conformance';
import { describe, expect, test } from 'vitest';
import { cosine } from './cosine.ts';

testSchedule('cosine', () => cosine({ from: 0.1, to: 0.003, steps: 70 }), { factories: { cosine } });
testSchedule('cosine', () => cosine({ from: 0.1, steps: 30, hold: false }), { factories: { cosine } });

describe('cosine', () => {
  test('is half way after half the steps, with a quarter and three quarters at the thirds', () => {
    const rate = cosine({ from: 5, to: 1, steps: 6 });
    expect([0, 2, 3, 4, 6].map((t) => rate.at(t))).toEqual([5, 4, 3, 2, 1].map((value) => expect.closeTo(value, 12)));
  });

  test('is at both ends to the last bit and stays at the second', () => {
    for (const [from, to] of [
      [0.1, 0.003],
      [1e-3, 0.7],
      [3e8, 1e-8],
    ] as const) {
      const rate = cosine({ from, to, steps: 3 });
      expect([0, 3, 4, 1e9].map((t) => rate.at(t))).toEqual([from, to, to, to]);
    }
  });

  test('ends at 0 where no end is given', () => {
    expect(cosine({ from: 1, steps: 1 }).at(1)).toBe(0);
  });

  test('climbs back without `hold`, as PyTorch’s does', () => {
    const rate = cosine({ from: 1, steps: 4, hold: false });
    for (let t = 0; t <= 8; t++) expect(rate.at(t)).toBeCloseTo(rate.at(8 - t), 14);
    expect(rate.at(8)).toBe(1);
    expect(rate.at(12)).toBe(0);
  });

  test('says what to do about 0 steps', () => {
    expect(() => cosine({ from: 1, steps: 0 })).toThrow(
      'cosine: `steps` must be a whole number, at least 1, got 0. Pass batches per epoch × epochs.',
    );
  });
});

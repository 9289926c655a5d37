import { testSchedule } from '@downhill/conformance';
import { describe, expect, test } from 'vitest';
import { linear } from './linear.ts';

testSchedule('linear', () => linear({ from: 0.1, to: 0.003, steps: 70 }), { factories: { linear } });

describe('linear', () => {
  test('goes in equal steps to its end and stays there', () => {
    const rate = linear({ from: 8, to: 4, steps: 4 });
    expect([0, 1, 2, 3, 4, 5, 1e9].map((t) => rate.at(t))).toEqual([8, 7, 6, 5, 4, 4, 4]);
  });

  test('ends at 0 where no end is given, and may rise', () => {
    expect(linear({ from: 1, steps: 2 }).at(2)).toBe(0);
    expect(linear({ from: 0, to: 1, steps: 4 }).at(3)).toBe(0.75);
  });

  test('is at both ends to the last bit, and there after one step when `steps` is 1', () => {
    for (const [from, to] of [
      [0.1, 0.003],
      [1e-3, 0.7],
      [3e8, 1e-8],
    ] as const) {
      const rate = linear({ from, to, steps: 1 });
      expect([rate.at(0), rate.at(1)]).toEqual([from, to]);
    }
  });

  test('says what to do about 0 steps', () => {
    expect(() => linear({ from: 1, steps: 0 })).toThrow(
      'linear: `steps` must be a whole number, at least 1, got 0. Pass batches per epoch × epochs.',
    );
  });
});

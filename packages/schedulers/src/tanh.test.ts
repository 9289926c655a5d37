import { testSchedule } from '@downhill/conformance';
import { describe, expect, test } from 'vitest';
import { tanh } from './tanh.ts';

testSchedule('tanh', () => tanh({ from: 0.1, to: 0.003, steps: 70 }), { factories: { tanh } });

describe('tanh', () => {
  test('is half way where the tangent passes 0: after seven tenths where nothing is given', () => {
    const rate = tanh({ from: 5, to: 1, steps: 10 });
    expect([0, 6, 7, 8].map((t) => rate.at(t))).toEqual(
      [5 - 2 * (1 - Math.tanh(7)), 3 + 2 * Math.tanh(1), 3, 3 - 2 * Math.tanh(1)].map((value) => expect.closeTo(value, 12)),
    );
  });

  test('comes down to its end by the way that `upper` leaves, and stays there', () => {
    const rate = tanh({ from: 1, steps: 1e6, lower: -1, upper: 1 });
    expect(rate.at(1e6 - 1)).toBeCloseTo(0.5 * (1 - Math.tanh(1)), 5);
    expect([1e6, 1e9].map((t) => rate.at(t))).toEqual([0, 0]);
  });

  test('refuses an upper end that is not above the lower', () => {
    expect(() => tanh({ from: 1, steps: 1, lower: 3 })).toThrow('tanh: `upper` must be a finite number, above 3, got 3');
    expect(() => tanh({ from: 1, steps: 0 })).toThrow('`steps` must be a whole number, at least 1, got 0');
  });
});

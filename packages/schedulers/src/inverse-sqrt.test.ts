import { testSchedule } from '@downhill/conformance';
import { describe, expect, test } from 'vitest';
import { inverseSqrt } from './inverse-sqrt.ts';

testSchedule('inverseSqrt', () => inverseSqrt({ from: 0.1, timescale: 20 }), { factories: { inverseSqrt } });

describe('inverseSqrt', () => {
  test('is a half, a third and a quarter at 3, 8 and 15 timescales', () => {
    const rate = inverseSqrt({ from: 12, timescale: 10 });
    expect([0, 30, 80, 150].map((t) => rate.at(t))).toEqual([12, 6, 4, 3].map((value) => expect.closeTo(value, 12)));
  });

  test('refuses a timescale of 0', () => {
    expect(() => inverseSqrt({ from: 1, timescale: 0 })).toThrow('inverseSqrt: `timescale` must be a finite number, above 0, got 0');
  });
});

import { testSchedule } from '@downhill/conformance';
import { describe, expect, test } from 'vitest';
import { inverseTime } from './inverse-time.ts';

testSchedule('inverseTime', () => inverseTime({ from: 0.1, rate: 0.05 }), { factories: { inverseTime } });

describe('inverseTime', () => {
  test('divides by one more with each 1 / rate steps', () => {
    const rate = inverseTime({ from: 12, rate: 0.5 });
    expect([0, 2, 4, 6].map((t) => rate.at(t))).toEqual([12, 6, 4, 3]);
  });

  test('falls only after each `every` steps as a staircase', () => {
    const rate = inverseTime({ from: 12, rate: 1, every: 2, staircase: true });
    expect([0, 1, 2, 3, 4].map((t) => rate.at(t))).toEqual([12, 12, 6, 6, 4]);
  });

  test('refuses a negative rate', () => {
    expect(() => inverseTime({ from: 1, rate: -1 })).toThrow('inverseTime: `rate` must be a finite number, at least 0, got -1');
  });
});

import { testSchedule } from '@downhill/conformance';
import { describe, expect, test } from 'vitest';
import { noam } from './noam.ts';

testSchedule('noam', () => noam({ dimension: 512, warmup: 20, factor: 2 }), { factories: { noam } });

describe('noam', () => {
  test('rises in equal steps up to the end of the warm-up, then falls with the square root', () => {
    const rate = noam({ dimension: 4, warmup: 4, factor: 8 });
    expect([0, 1, 2, 3, 15, 63].map((t) => rate.at(t))).toEqual([0.5, 1, 1.5, 2, 1, 0.5]);
  });

  test('is highest between two steps where the warm-up is fractional', () => {
    const rate = noam({ dimension: 1, warmup: 2.25 });
    expect([0, 1, 2].map((t) => rate.at(t))).toEqual([1 / 3.375, 2 / 3.375, 1 / Math.sqrt(3)].map((value) => expect.closeTo(value, 14)));
  });

  test('learns half as fast with four times the width', () => {
    expect(noam({ dimension: 64, warmup: 9 }).at(5)).toBeCloseTo(noam({ dimension: 16, warmup: 9 }).at(5) / 2, 15);
  });

  test('refuses a warm-up of no steps, and says what has none', () => {
    expect(() => noam({ dimension: 4, warmup: 0 })).toThrow(
      'noam: `warmup` must be a finite number, above 0, got 0. Without a warm-up take inverseSqrt.',
    );
    expect(() => noam({ dimension: 0, warmup: 1 })).toThrow('`dimension` must be a finite number, above 0, got 0');
  });
});

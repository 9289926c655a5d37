import { expect, test } from 'vitest';
import { summaryOf } from './summary.ts';

test('the mean, and the deviation by n − 1', () => {
  const { mean, standardDeviation } = summaryOf([2, 4, 4, 4, 5, 5, 7, 9]);
  expect(mean).toBe(5);
  expect(standardDeviation).toBeCloseTo(Math.sqrt(32 / 7), 12);
});

test('one value has no deviation that is known', () => {
  expect(summaryOf([3])).toEqual({ mean: 3, standardDeviation: Number.NaN });
});

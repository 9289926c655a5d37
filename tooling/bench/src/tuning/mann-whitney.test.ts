import { expect, test } from 'vitest';
import { largerByChance } from './mann-whitney.ts';

// scipy.stats.mannwhitneyu(a, b, alternative='greater', method='asymptotic'), SciPy 1.10.
test.each([
  [[0.3, 0.5, 0.5, 0.9, 1.2, 1.3, 0.2], [0.1, 0.2, 0.5, 0.6, 0.15, 0.7], 0.09772278115356309],
  [[0.1, 0.2, 0.5, 0.6, 0.15, 0.7], [0.3, 0.5, 0.5, 0.9, 1.2, 1.3, 0.2], 0.9248517969906324],
  [[1.5, 2.5, 3.5, 4.5, 9, 8, 7], [1, 2, 3, 4, 5, 6], 0.17655561725300278],
])('is what SciPy says of %j and %j', (a, b, p) => {
  expect(largerByChance(a, b)).toBeCloseTo(p, 12);
});

test('says nothing of samples that are all the same', () => {
  expect(largerByChance([1, 1, 1], [1, 1])).toBe(1);
});

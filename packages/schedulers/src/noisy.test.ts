import { testSchedule } from '@downhill/conformance';
import { describe, expect, test } from 'vitest';
import { cosine } from './cosine.ts';
import { noisy } from './noisy.ts';
import { perEpoch } from './per-epoch.ts';

testSchedule('noisy', () => noisy(cosine({ from: 0.1, steps: 40 }), { limit: 0.3, start: 5, end: 30, seed: 7 }), {
  factories: { noisy, cosine },
});
testSchedule('noisy', () => noisy(0.1, { noise: 'uniform' }), { factories: { noisy } });

const draws = (options: Parameters<typeof noisy>[1], count = 4000): number[] =>
  Array.from({ length: count }, (_, t) => noisy(1, options).at(t) - 1);
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

describe('noisy', () => {
  test.each([
    ['normal', 0.291125] as const, // E[x²] of a normal number that is below 1
    ['uniform', 1 / 3] as const,
  ])('draws %s numbers around the value, none beyond the limit', (noise, variance) => {
    const drawn = draws({ noise, limit: 1 });
    expect(Math.max(...drawn.map(Math.abs))).toBeLessThanOrEqual(1);
    expect(Math.max(...drawn.map(Math.abs))).toBeGreaterThan(0.99);
    expect(Math.abs(mean(drawn))).toBeLessThan(4 * Math.sqrt(variance / 4000)); // four standard errors
    expect(mean(drawn.map((value) => value * value))).toBeCloseTo(variance, 1.5);
  });

  test('stays within two thirds of the value where nothing is given, as timm’s does', () => {
    const noise = draws({}, 500).map(Math.abs);
    expect(Math.max(...noise)).toBeLessThanOrEqual(0.67);
    expect(Math.max(...noise)).toBeGreaterThan(0.6);
  });

  test('is in proportion to the value', () => {
    expect(noisy(20, {}).at(3)).toBeCloseTo(20 * noisy(1, {}).at(3), 12);
  });

  test('begins and ends where it is told to', () => {
    const rate = noisy(1, { start: 10, end: 12 });
    expect([9, 10, 11, 12].map((t) => rate.at(t) === 1)).toEqual([true, false, false, true]);
    expect(noisy(1, { start: 5, end: 5 }).at(5)).toBe(1);
  });

  test('is other noise with another seed, and the same for all steps of an epoch within perEpoch', () => {
    expect(noisy(1, { seed: 1 }).at(0)).not.toBe(noisy(1, { seed: 2 }).at(0));
    const rate = perEpoch(noisy(1), { steps: 3 });
    expect([1, 2].map((t) => rate.at(t))).toEqual([rate.at(0), rate.at(0)]);
    expect(rate.at(3)).not.toBe(rate.at(0));
    expect([0, 1, 2].map((t) => perEpoch(noisy(1), { steps: 3, staircase: false }).at(t))).toEqual([rate.at(0), rate.at(0), rate.at(0)]);
    expect(noisy(1).at(0)).toBe(noisy(1, { seed: 42 }).at(0));
  });

  test.each([
    [{ limit: 0 }, '`limit` must be a finite number, above 0 and at most 1, got 0'],
    [{ noise: 'gauss' as 'normal' }, "`noise` must be one of 'normal', 'uniform', got \"gauss\""],
    [{ start: 5, end: 4 }, '`end` must be a whole number, at least 5, got 4'],
    [{ seed: 0.5 }, '`seed` must be a whole number, got 0.5'],
  ])('refuses %o', (options, message) => {
    expect(() => noisy(1, options)).toThrow(`noisy: ${message}`);
  });
});

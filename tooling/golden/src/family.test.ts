import { describe, expect, test } from 'vitest';
import { relativeError } from './family.ts';

describe('relativeError', () => {
  test('is the largest difference over the largest expected magnitude', () => {
    expect(relativeError([1, -4, 2.5], [1, -4, 2])).toBe(0.125);
  });

  test('is 0 for zeros where zeros are expected, and infinite for anything else there', () => {
    expect(relativeError([0, 0], [0, 0])).toBe(0);
    expect(relativeError([0, 1e-30], [0, 0])).toBe(Infinity);
  });

  test('is NaN, which is below no tolerance, where ours is NaN', () => {
    expect(relativeError([1, Number.NaN, 1], [1, 1, 1])).toBeNaN();
  });

  test('refuses a tensor of another size', () => {
    expect(() => relativeError([1], [1, 2])).toThrow('ours has 1 numbers where 2 are expected');
  });
});

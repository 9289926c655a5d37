import { testSchedule } from '@downhill/conformance';
import { describe, expect, test } from 'vitest';
import { constant } from './constant.ts';

testSchedule('constant', () => constant(0.1), { factories: { constant } });

describe('constant', () => {
  test('gives its value to the last bit', () => {
    expect([0, 1, 1e6].map((t) => constant(0.1).at(t))).toEqual([0.1, 0.1, 0.1]);
  });

  test('names its argument when that is no number', () => {
    expect(() => constant(Number.NaN)).toThrow('constant: `value` must be a finite number, got NaN');
  });
});

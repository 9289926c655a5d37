import { testSchedule } from '@downhill/conformance';
import { describe, expect, test } from 'vitest';
import { piecewise } from './piecewise.ts';

testSchedule('piecewise', () => piecewise({ boundaries: [10, 30], values: [0.1, 0.05, 0.01] }), { factories: { piecewise } });

describe('piecewise', () => {
  test('uses a value up to its boundary and with it, as Keras does, and keeps the last', () => {
    const rate = piecewise({ boundaries: [2, 4], values: [3, 2, 1] });
    expect([0, 2, 3, 4, 5, 1e6].map((t) => rate.at(t))).toEqual([3, 3, 2, 2, 1, 1]);
  });

  test('leaves out the value between equal boundaries, and is one value without any', () => {
    expect([4, 5].map((t) => piecewise({ boundaries: [4, 4], values: [3, 2, 1] }).at(t))).toEqual([3, 1]);
    expect(piecewise({ boundaries: [], values: [0.5] }).at(9)).toBe(0.5);
    expect([0, 1].map((t) => piecewise({ boundaries: [0], values: [2, 1] }).at(t))).toEqual([2, 1]);
  });

  test('keeps its values when the arrays that it got change', () => {
    const [boundaries, values] = [[2], [2, 1]];
    const rate = piecewise({ boundaries, values });
    [boundaries[0], values[0]] = [0, 9];
    expect([1, 2].map((t) => rate.at(t))).toEqual([2, 2]);
  });

  test.each([
    ['decreasing boundaries', [5, 2], [3, 2, 1], '`boundaries[1]` must be at least the one before it (5), got 2'],
    ['a fractional boundary', [1.5], [2, 1], '`boundaries[0]` must be a whole number, at least 0, got 1.5'],
    ['too few values', [2, 5], [3, 2], '`values` must be an array with one number more than there are boundaries (3), got [3,2]'],
    ['a value that is no number', [2], [3, '2'], '`values[1]` must be a finite number, got "2"'],
    ['boundaries that are no list', 5, [1], '`boundaries` must be an array of steps, got 5'],
  ])('refuses %s', (_, boundaries, values, message) => {
    expect(() => piecewise({ boundaries: boundaries as number[], values: values as number[] })).toThrow(`piecewise: ${message}`);
  });
});

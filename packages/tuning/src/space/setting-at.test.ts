import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { arbitraryParameter } from '../../test/arbitrary-space.ts';
import { categorical } from './categorical.ts';
import { float } from './float.ts';
import { int } from './int.ts';
import { isSetting } from './is-setting.ts';
import { settingAt } from './setting-at.ts';
import { unitOf } from './unit-of.ts';
import { valueCount } from './value-count.ts';

const place = fc.double({ min: 0, max: 1, noNaN: true });

describe('a place', () => {
  test('has a value that the parameter can have', () => {
    fc.assert(fc.property(arbitraryParameter, place, (parameter, u) => isSetting(parameter, settingAt(parameter, u))));
  });

  test('is the one of its value, where there are single values exactly so', () => {
    fc.assert(
      fc.property(arbitraryParameter, place, (parameter, u) => {
        const value = settingAt(parameter, u);
        const again = settingAt(parameter, unitOf(parameter, value));
        if (valueCount(parameter) < Infinity || typeof value !== 'number') expect(again).toBe(value);
        else expect(Math.abs((again as number) - value)).toBeLessThanOrEqual(1e-12 * Math.max(1e6, Math.abs(value)));
      }),
    );
  });

  test.each([
    [float(-3, 0.1), -3, 0.1],
    [float(1e-7, 0.3, { log: true }), 1e-7, 0.3],
    [float(0, 0.7, { step: 0.1 }), 0, 0.7],
    [int(3, 11), 3, 11],
    [int(3, 1000, { log: true }), 3, 1000],
    [categorical(['a', 'b']), 'a', 'b'],
  ])('at the ends has the first and the last value: %o', (parameter, first, last) => {
    expect([settingAt(parameter, 0), settingAt(parameter, 1)]).toEqual([first, last]);
  });

  test('at the ends is so for every range', () => {
    fc.assert(
      fc.property(arbitraryParameter, (parameter) => {
        if (!('low' in parameter)) return;
        expect([settingAt(parameter, 0), settingAt(parameter, 1)]).toEqual([parameter.low, parameter.high]);
      }),
    );
  });

  test('gives each whole number of a logarithm the share of half a one on each side', () => {
    const values = [0, 0.1, 1].map((u) => settingAt(int(1, 16, { log: true }), u));
    expect(unitOf(int(1, 16, { log: true }), 1)).toBeCloseTo(Math.log(2) / Math.log(33), 12);
    expect(values).toEqual([1, 1, 16]);
    expect(settingAt(int(4, 64, { log: true }), 0.25)).toBe(7);
  });

  test('gives as many tries to each decade of a logarithm', () => {
    const rate = float(1e-4, 1, { log: true });
    const values = Array.from({ length: 400 }, (_, i) => settingAt(rate, (i + 0.5) / 400) as number);
    const decades = [1e-4, 1e-3, 1e-2, 0.1].map((from) => values.filter((value) => value >= from && value < 10 * from).length);
    expect(decades).toEqual([100, 100, 100, 100]);
  });

  test('gives as many tries to each step, and steps as one would write them', () => {
    const values = Array.from({ length: 40 }, (_, i) => settingAt(float(0, 0.3, { step: 0.1 }), i / 40));
    expect(values).toEqual([0, 0.1, 0.2, 0.3].flatMap((value) => Array.from({ length: 10 }, () => value)));
  });

  test.each([-0.1, 1.1, NaN])('of %d is refused', (u) => {
    expect(() => settingAt(float(0, 1), u)).toThrow('[invalid-argument] settingAt: `u` must be a finite number, at least 0 and at most 1');
  });
});

describe('unitOf', () => {
  test('puts steps and choices into the middle of their part, and an only value into the middle of all', () => {
    expect(unitOf(int(1, 4), 2)).toBe(0.375);
    expect(unitOf(categorical([null, 'a']), null)).toBe(0.25);
    expect(unitOf(float(2, 2), 2)).toBe(0.5);
  });

  test('is in the middle where two bounds have one logarithm', () => {
    expect(unitOf(float(999999.9999999987, 999999.9999999988, { log: true }), 999999.9999999987)).toBe(0.5);
  });

  test('refuses a value that the parameter cannot have', () => {
    expect(() => unitOf(int(1, 9, { step: 2 }), 4)).toThrow('unitOf: `value` must be a whole number from 1 to 9 in steps of 2, got 4');
  });
});

test.each([
  [float(0, 1), Infinity],
  [float(1, 1), 1],
  [float(0, 1, { step: 0.1 }), 11],
  [float(1, 8, { log: true }), Infinity],
  [int(1, 9, { step: 3 }), 3],
  [int(1, 100, { log: true }), 100],
  [categorical(['a', 'b', 'c']), 3],
])('%o has %d values', (parameter, count) => {
  expect(valueCount(parameter)).toBe(count);
});

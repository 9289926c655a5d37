import { testSchedule } from '@downhill/conformance';
import { describe, expect, test } from 'vitest';
import { step } from './step.ts';

testSchedule('step', () => step({ from: 0.1, every: 10 }), { factories: { step } });

describe('step', () => {
  test('holds each value for `every` steps, from the first step on', () => {
    const rate = step({ from: 8, every: 3, factor: 0.5 });
    expect([0, 1, 2, 3, 5, 6, 9].map((t) => rate.at(t))).toEqual([8, 8, 8, 4, 4, 2, 1]);
  });

  test('divides by ten where no factor is given, as PyTorch does', () => {
    expect(step({ from: 1, every: 1 }).at(3)).toBeCloseTo(0.001, 15);
  });

  test('is zero after the first fall with a factor of 0', () => {
    const rate = step({ from: 1, every: 2, factor: 0 });
    expect([0, 1, 2, 3].map((t) => rate.at(t))).toEqual([1, 1, 0, 0]);
  });

  test('falls at the first whole step after a fractional `every`', () => {
    const rate = step({ from: 8, every: 2.4, factor: 0.5 });
    expect([2, 3, 4, 5, 7, 8].map((t) => rate.at(t))).toEqual([8, 4, 4, 2, 2, 1]);
  });

  test('says what to do about an `every` of 0', () => {
    expect(() => step({ from: 1, every: 0 })).toThrow(
      'step: `every` must be a finite number, above 0, got 0. Pass batches per epoch × epochs.',
    );
  });

  test('refuses a negative factor', () => {
    expect(() => step({ from: 1, every: 1, factor: -0.5 })).toThrow('`factor` must be a finite number, at least 0, got -0.5');
  });
});

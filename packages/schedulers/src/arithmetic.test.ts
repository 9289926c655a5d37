import { schedule } from '@downhill/core';
import { testSchedule } from '@downhill/conformance';
import { describe, expect, test } from 'vitest';
import { clamp } from './clamp.ts';
import { linear } from './linear.ts';
import { multiStep } from './multi-step.ts';
import { product } from './product.ts';
import { scale } from './scale.ts';
import { sum } from './sum.ts';

const factories = { clamp, product, scale, sum, linear, multiStep };
const fall = linear({ from: 8, steps: 4 });
testSchedule('product', () => product([0.1, linear({ from: 1, to: 0.5, steps: 9 }), multiStep({ from: 1, milestones: [20] })]), {
  factories,
});
testSchedule('sum', () => sum([0.01, fall]), { factories });
testSchedule('scale', () => scale(fall, 0.5), { factories });
testSchedule('clamp', () => clamp(fall, { min: 1, max: 6 }), { factories });

const values = (rate: { at(step: number): number }): number[] => [0, 1, 2, 3, 4, 5].map((t) => rate.at(t));

describe('product', () => {
  test('multiplies what each schedule gives for the step', () => {
    expect(values(product([0.5, fall, multiStep({ from: 1, milestones: [2], factor: 0.5 })]))).toEqual([4, 3, 1, 0.5, 0, 0]);
  });
});

describe('sum', () => {
  test('adds what each schedule gives for the step', () => {
    expect(values(sum([1, fall, fall]))).toEqual([17, 13, 9, 5, 1, 1]);
  });
});

describe.each([
  ['product', product],
  ['sum', sum],
])('%s', (name, combine) => {
  test('of one schedule is that schedule', () => {
    expect(values(combine([fall]))).toEqual(values(fall));
  });

  test('keeps its schedules when the array that it got changes', () => {
    const list = [fall];
    const rate = combine(list);
    list.pop();
    expect(rate.at(1)).toBe(6);
  });

  test('refuses no schedules, what is none, and what gives no number', () => {
    expect(() => combine([])).toThrow(`${name}: \`schedules\` must be an array with at least one schedule, got []`);
    // @ts-expect-error: JavaScript may pass anything
    expect(() => combine([1, 'linear'])).toThrow('`schedules[1]` must be a number or a schedule, got "linear"');
    expect(() => combine([schedule({ name: 'hole', config: {}, at: () => Number.NaN })]).at(3)).toThrow('the schedule gives NaN at step 3');
  });
});

describe('scale', () => {
  test('multiplies by its factor, a negative one too', () => {
    expect(values(scale(fall, 0.5))).toEqual([4, 3, 2, 1, 0, 0]);
    expect(scale(fall, -1).at(0)).toBe(-8);
  });
});

describe('clamp', () => {
  test('keeps the value within one bound, or two, or at the one where both are the same', () => {
    expect(values(clamp(fall, { min: 3 }))).toEqual([8, 6, 4, 3, 3, 3]);
    expect(values(clamp(fall, { max: 5 }))).toEqual([5, 5, 4, 2, 0, 0]);
    expect(values(clamp(fall, { min: 3, max: 5 }))).toEqual([5, 5, 4, 3, 3, 3]);
    expect(values(clamp(fall, { min: 3, max: 3 }))).toEqual([3, 3, 3, 3, 3, 3]);
  });

  test('refuses bounds that are none, or the wrong way round', () => {
    expect(() => clamp(fall, {})).toThrow('clamp: `min` or `max` must be given, got neither. Write for example { min: 1e-5 }.');
    expect(() => clamp(fall, { min: 2, max: 1 })).toThrow('`max` must be a finite number, at least 2, got 1');
  });
});

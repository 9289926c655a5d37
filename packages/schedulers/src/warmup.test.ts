import { testSchedule } from '@downhill/conformance';
import { describe, expect, test } from 'vitest';
import { constant } from './constant.ts';
import { cosine } from './cosine.ts';
import { exponential } from './exponential.ts';
import { inverseSqrt } from './inverse-sqrt.ts';
import { linear } from './linear.ts';
import { multiStep } from './multi-step.ts';
import { polynomial } from './polynomial.ts';
import { step } from './step.ts';
import { warmup } from './warmup.ts';

testSchedule('warmup', () => warmup(cosine({ from: 0.1, steps: 50 }), { steps: 20, from: 0.01 }), { factories: { warmup, cosine } });
testSchedule('warmup', () => warmup(0.1, { steps: 20 }), { factories: { warmup } });

describe('warmup', () => {
  test.each([
    constant(0.8),
    step({ from: 0.8, every: 3 }),
    multiStep({ from: 0.8, milestones: [2] }),
    exponential({ from: 0.8, factor: 0.9 }),
    linear({ from: 0.8, steps: 7 }),
    polynomial({ from: 0.8, steps: 7, power: 2 }),
    cosine({ from: 0.8, steps: 7 }),
    inverseSqrt({ from: 0.8, timescale: 4 }),
    warmup(0.8, { steps: 3, from: 0.2 }),
  ])('rises to the first value of $name, which then starts at its own step 0', (next) => {
    const rate = warmup(next, { steps: 4 });
    expect([0, 1, 2, 3].map((t) => rate.at(t))).toEqual([0, 0.25, 0.5, 0.75].map((share) => expect.closeTo(share * next.at(0), 15)));
    for (let t = 0; t < 20; t++) expect(rate.at(t + 4)).toBe(next.at(t));
  });

  test('starts where it is told to', () => {
    const rate = warmup(0.5, { steps: 4, from: 0.1 });
    expect(rate.at(0)).toBe(0.1);
    expect(rate.at(1)).toBeCloseTo(0.2, 15);
    expect(rate.at(4)).toBe(0.5);
  });

  test('is the schedule itself with 0 steps', () => {
    const next = cosine({ from: 0.1, steps: 9 });
    for (let t = 0; t < 12; t++) expect(warmup(next, { steps: 0 }).at(t)).toBe(next.at(t));
  });

  test('ends at the first whole step after a fractional length', () => {
    const next = linear({ from: 10, to: 0, steps: 5 });
    const rate = warmup(next, { steps: 2.5 });
    expect([0, 1, 2, 3, 4, 8, 9].map((t) => rate.at(t))).toEqual([0, 4, 8, 10, 8, 0, 0]);
    expect([0, 1].map((t) => warmup(next, { steps: 0.5 }).at(t))).toEqual([0, 10]);
  });

  test('covers the first steps of a schedule whose own go on below, without `prefix`', () => {
    const next = linear({ from: 10, to: 0, steps: 5 });
    const rate = warmup(next, { steps: 2, prefix: false });
    expect([0, 1, 2, 3, 5].map((t) => rate.at(t))).toEqual([0, 5, 6, 4, 0]);
    expect([1, 2, 3].map((t) => warmup(next, { steps: 2.5, prefix: false }).at(t))).toEqual([4, 8, 4]);
  });

  test('makes for another value where it is told to', () => {
    const rate = warmup(8, { steps: 2, to: 6, from: 2 });
    expect([0, 1, 2].map((t) => rate.at(t))).toEqual([2, 4, 8]);
    expect(JSON.stringify(rate)).toContain('"to":6');
  });

  test('that is longer than the run it is taken off is heard of where that is done', () => {
    const [run, rise] = [100, 150];
    expect(() => warmup(cosine({ from: 0.1, steps: run - rise }), { steps: rise })).toThrow(
      'cosine: `steps` must be a whole number, at least 1, got -50. Pass batches per epoch × epochs. A warm-up that is taken off them must be shorter',
    );
  });

  test('refuses what is no schedule, and says what is', () => {
    // @ts-expect-error: JavaScript may pass anything
    expect(() => warmup('cosine', { steps: 4 })).toThrow('warmup: `next` must be a number or a schedule, got "cosine"');
    expect(() => warmup(0.1, { steps: -1 })).toThrow('warmup: `steps` must be a finite number, at least 0, got -1');
    // @ts-expect-error: JavaScript may leave anything out
    expect(() => warmup(0.1, { step: 4 })).toThrow('warmup: has no option `step`. Did you mean `steps`?');
  });
});

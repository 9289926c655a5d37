import { describe, expect, test } from 'vitest';
import { chain } from './chain.ts';
import { mul } from './expression/ops.ts';
import { checkSchedule, controlled, controlledIn, isSchedule, schedule, valueAt, type ScheduleLike } from './schedule.ts';
import { transform, type Transform } from './transform.ts';

const half = schedule({ name: 'half', config: { from: 1 }, at: (step) => 1 / 2 ** step });

describe('a schedule', () => {
  test('gives the value of a step; a number gives itself', () => {
    expect([0, 1, 2].map((step) => valueAt(half, step))).toEqual([1, 0.5, 0.25]);
    expect(valueAt(0.1, 7)).toBe(0.1);
  });

  test('is frozen, and writes itself as JSON', () => {
    expect(Object.isFrozen(half)).toBe(true);
    expect(JSON.parse(JSON.stringify(half))).toEqual({ kind: 'schedule', name: 'half', config: { from: 1 } });
  });

  test('that is not finite stops the step, with its name', () => {
    const broken = schedule({ name: 'broken', config: {}, at: (step) => 1 / (step - 3) });
    expect(() => valueAt(broken, 3)).toThrow(
      expect.objectContaining({ code: 'non-finite', message: expect.stringContaining('broken: the schedule gives Infinity at step 3') }),
    );
  });

  test('or a number is what an argument takes', () => {
    expect(() => checkSchedule('adamw', { learningRate: half, weightDecay: 0.1 })).not.toThrow();
    for (const [value, shown] of [
      [Number.NaN, 'NaN'],
      ['0.1', '"0.1"'],
      [{ from: 1 }, '{"from":1}'],
      [undefined, 'undefined'],
      [() => 1, 'a function'],
    ] as const)
      expect(() => checkSchedule('adamw', { learningRate: value })).toThrow(
        expect.objectContaining({
          code: 'invalid-argument',
          message: expect.stringMatching(new RegExp(`adamw: \`learningRate\` must be .*, got ${shown.replace(/[{}]/g, '\\$&')}`)),
        }),
      );
    expect(isSchedule({ kind: 'schedule' })).toBe(false);
  });
});

describe('a controlled schedule', () => {
  test('gives what was set last, and writes that as JSON', () => {
    const rate = controlled(0.1);
    rate.value = 0.05;
    expect([rate.at(0), rate.at(9), rate.value]).toEqual([0.05, 0.05, 0.05]);
    expect(JSON.parse(JSON.stringify(rate))).toEqual({ kind: 'schedule', name: 'controlled', config: [0.05] });
    expect(Object.isFrozen(rate)).toBe(true);
  });

  test('keeps the last value where another is none', () => {
    const rate = controlled(0.1);
    expect(() => (rate.value = Number.NaN)).toThrow(
      expect.objectContaining({ code: 'invalid-argument', message: expect.stringContaining('`value` must be a finite number, got NaN') }),
    );
    expect(rate.value).toBe(0.1);
    expect(() => controlled('0.1' as never)).toThrow(expect.objectContaining({ code: 'invalid-argument' }));
  });

  test('is found wherever it stands in a chain, once', () => {
    const scale = (rate: ScheduleLike): Transform =>
      transform({ name: 'scale', config: { group: [rate] }, numbers: { rate }, update: (g, { numbers }) => mul(g, numbers.rate) });
    const [a, b] = [controlled(1), controlled(2)];
    const twice = schedule({ name: 'twice', config: { of: b }, at: (step) => 2 * b.at(step) });
    expect(controlledIn(chain(scale(a), scale(twice), scale(a), scale(3)))).toEqual([a, b]);
  });
});

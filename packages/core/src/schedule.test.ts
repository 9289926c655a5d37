import { describe, expect, test } from 'vitest';
import { checkSchedule, isSchedule, schedule, valueAt } from './schedule.ts';

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

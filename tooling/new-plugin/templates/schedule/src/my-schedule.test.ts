import { testSchedule } from '@downhill/conformance';
import { describe, expect, test } from 'vitest';
import { mySchedule } from './my-schedule.ts';

testSchedule('mySchedule', () => mySchedule({ from: 0.1, to: 0.003, steps: 70 }), { factories: { mySchedule } });

describe('mySchedule', () => {
  test('follows its equation, and stays at its end', () => {
    const rate = mySchedule({ from: 1, to: 0.5, steps: 4 });
    expect([0, 1, 2, 4, 1e9].map((t) => rate.at(t))).toEqual([1, 0.875, 0.75, 0.5, 0.5]);
  });

  test('says what to do about 0 steps', () => {
    expect(() => mySchedule({ from: 1, steps: 0 })).toThrow('mySchedule: `steps` must be a whole number, at least 1, got 0. Pass batches');
  });
});

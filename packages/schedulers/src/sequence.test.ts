import { testSchedule } from '@downhill/conformance';
import { describe, expect, test } from 'vitest';
import { cosine } from './cosine.ts';
import { linear } from './linear.ts';
import { sequence } from './sequence.ts';

const rampThenCosine = () =>
  sequence([linear({ from: 0.01, to: 0.1, steps: 10 }), 0.1, cosine({ from: 0.1, steps: 50 })], { milestones: [10, 30] });
testSchedule('sequence', rampThenCosine, { factories: { sequence, linear, cosine } });
testSchedule('sequence', () => sequence([rampThenCosine(), 0.01], { milestones: [60] }), { factories: { sequence, linear, cosine } });

describe('sequence', () => {
  test('gives each schedule its own step 0 at its milestone, and keeps the last one', () => {
    const rate = sequence([1, linear({ from: 8, to: 4, steps: 2 }), linear({ from: 2, to: 0, steps: 2 })], { milestones: [2, 5] });
    expect(Array.from({ length: 9 }, (_, t) => rate.at(t))).toEqual([1, 1, 8, 6, 4, 2, 1, 0, 0]);
  });

  test('leaves out a schedule between equal milestones, and the first one before a milestone of 0', () => {
    const rate = sequence([1, 2, 3], { milestones: [4, 4] });
    expect([3, 4].map((t) => rate.at(t))).toEqual([1, 3]);
    expect(sequence([1, 2], { milestones: [0] }).at(0)).toBe(2);
  });

  test('is a single schedule without milestones', () => {
    expect(sequence([0.5], { milestones: [] }).at(99)).toBe(0.5);
  });

  test.each([
    ['no schedules', [], [], '`schedules` must be an array with at least one schedule, got []'],
    ['a schedule that is none', [1, 'cosine'], [3], '`schedules[1]` must be a number or a schedule, got "cosine"'],
    ['too few milestones', [1, 2, 3], [3], '`milestones` must have one step fewer than there are schedules (2), got [3]'],
    ['falling milestones', [1, 2, 3], [3, 2], '`milestones[1]` must be at least the one before it (3), got 2'],
    ['a fractional milestone', [1, 2], [0.5], '`milestones[0]` must be a whole number, at least 0, got 0.5'],
  ])('refuses %s', (_, schedules, milestones, message) => {
    expect(() => sequence(schedules as number[], { milestones })).toThrow(expect.objectContaining({ code: 'invalid-argument' }));
    expect(() => sequence(schedules as number[], { milestones })).toThrow(`sequence: ${message}`);
  });
});

import { testSchedule } from '@downhill/conformance';
import { describe, expect, test } from 'vitest';
import { linear } from './linear.ts';
import { perEpoch } from './per-epoch.ts';

testSchedule('perEpoch', () => perEpoch(linear({ from: 0.1, steps: 5 }), { steps: 12 }), { factories: { perEpoch, linear } });

const epochs = linear({ from: 8, steps: 2 });

describe('perEpoch', () => {
  test('changes with the first step of an epoch, and stays at the end', () => {
    const rate = perEpoch(epochs, { steps: 3 });
    expect([0, 2, 3, 5, 6, 7].map((t) => rate.at(t))).toEqual([8, 8, 4, 4, 0, 0]);
  });

  test('changes with each step without the staircase', () => {
    const rate = perEpoch(epochs, { steps: 4, staircase: false });
    expect([0, 1, 2, 4, 8].map((t) => rate.at(t))).toEqual([8, 7, 6, 4, 0]);
  });

  test('is the schedule itself with epochs of one step', () => {
    for (let t = 0; t < 4; t++) expect(perEpoch(epochs, { steps: 1 }).at(t)).toBe(epochs.at(t));
  });

  test('refuses epochs without steps', () => {
    expect(() => perEpoch(epochs, { steps: 0 })).toThrow(
      'perEpoch: `steps` must be a whole number, at least 1, got 0. Pass the batches of an epoch.',
    );
    // @ts-expect-error: JavaScript may pass anything
    expect(() => perEpoch('linear', { steps: 1 })).toThrow('`epochs` must be a number or a schedule, got "linear"');
  });
});

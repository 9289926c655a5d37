import { testPruner } from '@downhill/conformance';
import type { FrozenTrial, StudyView } from '@downhill/core';
import { describe, expect, test } from 'vitest';
import { myPruner } from './my-pruner.ts';

testPruner('myPruner', () => myPruner({ keep: 2 }), { factories: { myPruner } });

/** A study whose trials have reported these values at step 1. */
const study = (...values: readonly number[]): StudyView => ({
  name: 'study',
  direction: 'minimize',
  seed: 0,
  space: { parameters: {}, toJSON: () => ({}) },
  trials: values.map((value, number): FrozenTrial => ({
    number,
    state: 'running',
    settings: {},
    reports: [{ step: 1, value }],
    repeat: 0,
    attributes: {},
  })),
});

describe('myPruner', () => {
  test('ends a trial where enough others were better', () => {
    const view = study(3, 1, 2, Number.NaN);
    expect(view.trials.map((trial) => myPruner({ keep: 2 }).shouldPrune(view, trial))).toEqual([true, false, false, true]);
  });

  test('refuses to keep none', () => {
    expect(() => myPruner({ keep: 0 })).toThrow('myPruner: `keep` must be a whole number, at least 1, got 0.');
  });
});

import type { FrozenTrial } from '@downhill/core';
import { describe, expect, test } from 'vitest';
import { studyOf, trialOf } from '../../../test/sampled.ts';
import { float } from '../../space/float.ts';
import { space } from '../../space/space.ts';
import { rankedTrials } from './ranked-trials.ts';

const searched = space({ x: float(0, 1) });
const settings = { x: 0.5 };
const report = (step: number, value: number) => ({ step, value });
const trials: readonly FrozenTrial[] = [
  trialOf(0, { settings, state: 'running' }),
  trialOf(1, { settings, state: 'pruned', reports: [] }),
  trialOf(2, { settings, state: 'pruned', reports: [report(1, 0.2), report(2, Number.NaN)] }),
  trialOf(3, { settings, state: 'pruned', reports: [report(1, 0.1)] }),
  trialOf(4, { settings, state: 'pruned', reports: [report(2, 0.9)] }),
  trialOf(5, { settings, state: 'pruned', reports: [report(2, 0.4)] }),
  trialOf(6, { settings, value: 0.8 }),
  trialOf(7, { settings, value: 0.3 }),
  trialOf(8, { settings, value: 0.3 }),
  trialOf(9, { settings, state: 'failed' }),
  trialOf(10, { settings, state: 'waiting' }),
  trialOf(11, { state: 'running' }),
];
const numbers = (found: readonly FrozenTrial[]): readonly number[] => found.map(({ number }) => number);

describe('rankedTrials', () => {
  test('puts complete trials before pruned ones, these by their step and value, and trials that run last', () => {
    const { trials: found, finished } = rankedTrials(studyOf(searched, trials), true);
    expect(numbers(found)).toEqual([7, 8, 6, 5, 4, 2, 3, 1, 0]);
    expect(finished).toBe(8);
  });

  test('leaves out trials that run where it should not guess', () => {
    const { trials: found, finished } = rankedTrials(studyOf(searched, trials), false);
    expect(numbers(found)).toEqual([7, 8, 6, 5, 4, 2, 3, 1]);
    expect(finished).toBe(8);
  });

  test('turns values round where they are maximized, but not steps, and NaN stays the worst', () => {
    const study = { ...studyOf(searched, trials), direction: 'maximize' as const };
    expect(numbers(rankedTrials(study, true).trials)).toEqual([6, 7, 8, 4, 5, 2, 3, 1, 0]);
  });

  test('ranks a pruned trial that goes on by what it has reported so far, once', () => {
    const pruned = trialOf(0, { settings, state: 'pruned', reports: [report(3, 0.5)] });
    const goesOn = trialOf(1, { settings, state: 'running', continues: 0, reports: [report(3, 0.5), report(4, 0.4)] });
    const other = trialOf(2, { settings, state: 'pruned', reports: [report(4, 0.6)] });
    const { trials: found, finished } = rankedTrials(studyOf(searched, [pruned, goesOn, other]), false);
    expect(numbers(found)).toEqual([1, 2]);
    expect(finished).toBe(2);
  });
});

import type { FrozenTrial, Sampler, Settings, Space, StudyView } from '@downhill/core';

/** A trial that has what is given, and is else complete and as good as any other. */
export const trialOf = (number: number, given: Partial<FrozenTrial> = {}): FrozenTrial => ({
  number,
  state: 'complete',
  settings: {},
  reports: [],
  repeat: 0,
  attributes: {},
  ...given,
});

/** A trial that is being sampled. */
export const asked = (number: number): FrozenTrial => trialOf(number, { state: 'running' });

export const studyOf = (space: Space, trials: readonly FrozenTrial[] = [], seed = 1): StudyView => ({
  name: 'study',
  direction: 'minimize',
  seed,
  space,
  trials,
});

/** The settings of as many trials, one after another, or of fewer where the sampler has nothing left. */
export function sampled(sampler: Sampler, space: Space, count: number, seed = 1): readonly Settings[] {
  const trials: FrozenTrial[] = [];
  for (let number = 0; number < count; number += 1) {
    const settings = sampler.sample(studyOf(space, [...trials, asked(number)], seed), number);
    if (settings === undefined) break;
    trials.push(trialOf(number, { settings, value: 0 }));
  }
  return trials.map(({ settings }) => settings);
}

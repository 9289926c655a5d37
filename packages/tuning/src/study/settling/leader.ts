import type { FrozenTrial, Settings, StudyView } from '@downhill/core';
import { meanOf, varianceOfMean } from './moments.ts';
import { compareValues, distinctTrials } from '../../view/trials.ts';

/** One of the best settings of a study, measured again with other seeds. */
export interface Leader<Sampled extends Settings = Settings> {
  /** Of the trial that found them. */
  readonly number: number;
  readonly settings: Sampled;
  /** The value that made it a leader. It is not among `values`: chosen for being good, it says too much. */
  readonly found: number;
  /** What its repeats came to, the first one first. */
  readonly values: readonly number[];
  /** Of the values. NaN where there is none. */
  readonly mean: number;
  /** Of the mean, in units of the objective. NaN for fewer than two values. */
  readonly standardError: number;
  /** Why a repeat failed, where one did: such a leader does not win. */
  readonly error?: string;
}

/** The complete trials with the best values, the best one first; of several with the same settings the best. */
export function leadingTrials(study: StudyView, count: number): readonly FrozenTrial[] {
  const trials = distinctTrials(study)
    .filter(({ state }) => state === 'complete')
    .toSorted((a, b) => compareValues(study.direction, a.value ?? Number.NaN, b.value ?? Number.NaN));
  const bySettings = new Map<string, FrozenTrial>();
  for (const trial of trials) {
    const key = JSON.stringify(Object.entries(trial.settings).sort(([a], [b]) => (a < b ? -1 : 1)));
    if (!bySettings.has(key)) bySettings.set(key, trial);
  }
  return [...bySettings.values()].slice(0, count);
}

/** What is known of a leader by now. */
export function leaderOf({ trials }: StudyView, { number, settings, value = Number.NaN }: FrozenTrial): Leader {
  const repeats = trials.filter(({ repeats }) => repeats === number).toSorted((a, b) => a.repeat - b.repeat);
  const values = repeats.flatMap(({ state, value }) => (state === 'complete' && value !== undefined ? [value] : []));
  const lost = repeats.find(({ state }) => state === 'failed' || state === 'pruned');
  return {
    number,
    settings,
    found: value,
    values,
    mean: meanOf(values),
    standardError: Math.sqrt(varianceOfMean(values)),
    ...(lost === undefined ? {} : { error: `trial ${lost.number}: ${lost.error ?? 'it ended as pruned'}` }),
  };
}

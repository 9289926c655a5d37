import type { FrozenTrial, Settings, StudyView } from '@downhill/core';
import { distinctTrials } from '../view/trials.ts';

/**
 * The first of a list of candidates that no trial has, for trial `number`. A candidate that is there twice is for two trials.
 *
 * What was tried is read from the settings of the trials, so that trials which the sampler did not choose (enqueued ones, repeats, those that go
 * on) shift nothing. Trials before this one that run and have no settings yet are being sampled, perhaps by another process: the next candidates
 * are left to them.
 */
export function firstUntried(study: StudyView, number: number, candidates: Iterable<Settings>): Settings | undefined {
  const trials = distinctTrials(study);
  const tried = countOf(trials.filter(isSampled).map(({ settings }) => textOf(settings)));
  let claimed = trials.filter((trial) => trial.number < number && trial.state === 'running' && !isSampled(trial)).length;
  for (const candidate of candidates) {
    const text = textOf(candidate);
    const left = tried.get(text) ?? 0;
    if (left > 0) tried.set(text, left - 1);
    else if (claimed > 0) claimed -= 1;
    else return candidate;
  }
  return undefined;
}

const isSampled = ({ settings }: FrozenTrial): boolean => Object.keys(settings).length > 0;

const texts = /* @__PURE__ */ new WeakMap<Settings, string>();

/** The same for the same settings, in whatever order they were noted. */
function textOf(settings: Settings): string {
  const text = texts.get(settings) ?? JSON.stringify(settings, Object.keys(settings).sort());
  if (Object.isFrozen(settings)) texts.set(settings, text);
  return text;
}

function countOf(texts: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return counts;
}

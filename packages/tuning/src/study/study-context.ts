import type { FrozenTrial, Pruner, Sampler, Space, StudyView } from '@downhill/core';
import type { Ledger } from './ledger.ts';
import { freezeTrial } from './replay/freeze-trial.ts';
import type { StoredStudy } from './replay/stored.ts';

/** What the parts of an open study work on. */
export interface StudyContext {
  readonly ledger: Ledger;
  readonly stored: StoredStudy;
  readonly space: Space;
  readonly seed: number;
  readonly sampler: Sampler;
  readonly pruner: Pruner | undefined;
  /** The study as it was when the ledger last read. */
  view(): StudyView;
}

export function studyContext(parts: Omit<StudyContext, 'view'>): StudyContext {
  const { ledger, stored, space, seed } = parts;
  const { name, direction, changed } = stored;
  const trials: FrozenTrial[] = [];
  let seen = 0;
  let view: StudyView | undefined;
  return {
    ...parts,
    view() {
      if (view !== undefined && seen === changed.length) return view;
      for (; seen < changed.length; seen += 1) {
        const trial = freezeTrial(ledger.trial(changed[seen] as number));
        trials[trial.number] = trial;
      }
      view = Object.freeze({ name, direction, seed, space, trials: Object.freeze(trials.slice()) });
      return view;
    },
  };
}

/** A trial as it was when the ledger last read. */
export const frozenTrial = ({ ledger }: StudyContext, id: number): FrozenTrial => freezeTrial(ledger.trial(id));

/** The best trial so far: what `bestTrial` says of the view, without looking at all trials. */
export const bestSoFar = ({ ledger, stored }: StudyContext): FrozenTrial | undefined =>
  stored.best === undefined ? undefined : freezeTrial(ledger.trial(stored.best));

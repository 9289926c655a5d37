import type { FrozenTrial, StudyView } from '@downhill/core';
import type { StudyContext } from '../study-context.ts';
import { beginTrial } from './begin-trial.ts';
import { fillTrial, sampled } from './fill-trial.ts';
import { withdraw } from './withdraw.ts';

/** The study as it will be once a trial more has begun. */
const withNext = (view: StudyView): StudyView => {
  const next: FrozenTrial = { number: view.trials.length, state: 'running', settings: {}, reports: [], repeat: 0, attributes: {} };
  return Object.freeze({ ...view, trials: Object.freeze([...view.trials, Object.freeze(next)]) });
};

/**
 * A trial with settings that the sampler chooses. It is asked before the trial begins, so that a grid's end leaves none behind, and again where
 * another worker's trial came between.
 */
export async function newTrial(context: StudyContext): Promise<number | undefined> {
  const { ledger, stored } = context;
  const number = stored.trials.length;
  const settings = sampled(context, withNext(context.view()), number);
  if (settings === undefined) return undefined;
  const id = await beginTrial(context);
  if (await fillTrial(context, id, ledger.trial(id).number === number ? settings : undefined)) return id;
  await withdraw(context, id);
  return undefined;
}

import { DownhillError } from '@downhill/core';
import type { StoredTrial } from '../replay/stored.ts';
import type { StudyContext } from '../study-context.ts';
import { freeLost } from './free-lost.ts';
import { newTrial } from './new-trial.ts';
import { promoteTrial } from './promote-trial.ts';
import { repeatTrial } from './repeat-trial.ts';
import { hadBegun, takeWaiting } from './take-waiting.ts';

export interface Wanted {
  /** Whether settings that were not run before may be: else only what goes on from a pruned trial. */
  readonly fresh?: boolean;
  /** The number of the trial to repeat. */
  readonly repeats?: number | undefined;
}

/**
 * The id of the next trial to run, which is now this worker's. What was interrupted comes first, so that a study that was stopped goes on as if it
 * had not been; then what the pruner promotes; then what was enqueued; and then something new.
 */
export function ask(context: StudyContext, wanted: Wanted): Promise<number | undefined> {
  const { ledger } = context;
  return ledger.exclusive(async () => {
    await ledger.sync();
    if (context.stored.isDeleted) throw deleted(context.stored.name);
    await freeLost(context);
    const before = ownRunning(context);
    try {
      return await take(context, wanted);
    } catch (error) {
      await giveBack(context, before).catch(() => undefined); // the first error says more
      throw error;
    }
  });
}

const deleted = (name: string): DownhillError =>
  new DownhillError({
    code: 'disposed',
    source: 'study',
    problem: `the study '${name}' has been deleted`,
    advice: 'Optuna deletes studies of its journals; open a new one.',
  });

async function take(context: StudyContext, { fresh = true, repeats }: Wanted): Promise<number | undefined> {
  if (repeats !== undefined) return repeatTrial(context, repeats);
  const wasInterrupted = (trial: StoredTrial): boolean => trial.repeat === 0 && hadBegun(trial);
  const id =
    (await takeWaiting(context, (trial) => wasInterrupted(trial) && (fresh || trial.continues !== undefined))) ??
    (await promoteTrial(context, fresh));
  if (id !== undefined || !fresh) return id;
  return (await takeWaiting(context, (trial) => !hadBegun(trial))) ?? newTrial(context);
}

const ownRunning = ({ ledger, stored }: StudyContext): readonly number[] =>
  [...stored.open].filter((id) => ledger.trial(id).state === 'running' && ledger.trial(id).owner === ledger.storage.worker);

/** Makes a trial wait again that was taken and then could not be given settings. */
async function giveBack(context: StudyContext, before: readonly number[]): Promise<void> {
  const taken = ownRunning(context).filter((id) => !before.includes(id));
  await context.ledger.sync(...taken.map((trial) => ({ type: 'state', trial, state: 'waiting', at: Date.now() }) as const));
}

import { checkNumber, DownhillError } from '@downhill/core';
import { keys } from '../replay/keys.ts';
import type { StudyContext } from '../study-context.ts';
import { beginTrial } from './begin-trial.ts';
import { takeWaiting } from './take-waiting.ts';

/** One more trial with the settings of another: a repeat that was interrupted, or else a new one. */
export async function repeatTrial(context: StudyContext, repeats: number): Promise<number> {
  const { ledger, stored } = context;
  checkNumber('ask', { repeats }, { min: 0, integer: true });
  const original = stored.trials[repeats] === undefined ? undefined : ledger.trial(stored.trials[repeats]);
  if (original === undefined || original.repeat > 0 || Object.keys(original.settings).length === 0)
    throw new DownhillError({
      code: 'invalid-argument',
      source: 'ask',
      problem: `\`repeats\` must be the number of a trial with settings that is no repeat itself, got ${repeats}`,
      advice: `The study has ${stored.trials.length} trials.`,
    });
  return (
    (await takeWaiting(context, (trial) => trial.repeats === repeats)) ??
    (await beginTrial(context, { [keys.repeats]: repeats }, original.settings))
  );
}

import { DownhillError, show } from '@downhill/core';
import { pruned, type Objective, type Pruned, type Trial } from '../study/trial.ts';
import { textOf } from './number-text.ts';
import { readError, writeError, type WrittenError } from './written-error.ts';

/** What a trial came to elsewhere. */
export type TrialOutcome =
  | { readonly type: 'value'; readonly value: string }
  | { readonly type: 'pruned' }
  | { readonly type: 'failed'; readonly error: WrittenError };

/** Runs an objective and writes down what it came to, whatever that is. */
export async function outcomeOf(objective: Objective, trial: Trial): Promise<TrialOutcome> {
  try {
    const value: unknown = await objective(trial);
    if (value === pruned) return { type: 'pruned' };
    if (typeof value === 'number') return { type: 'value', value: textOf(value) };
    throw new DownhillError({
      code: 'non-finite',
      source: 'objective',
      problem: `must come to a finite number, or to \`pruned\`, got ${show(value)}`,
    });
  } catch (error) {
    return { type: 'failed', error: writeError(error) };
  }
}

/** What the objective returned. @throws what it threw. */
export function resultOf(outcome: TrialOutcome): number | Pruned {
  if (outcome.type === 'failed') throw readError(outcome.error);
  return outcome.type === 'pruned' ? pruned : Number(outcome.value);
}

import type { CheckpointStore } from '@downhill/core';
import type { StoredTrial } from './replay/stored.ts';
import type { StudyContext } from './study-context.ts';

/** The checkpoints of a trial, which are those of the trial that it goes on from. */
export function checkpointsOf({ ledger, stored }: StudyContext, id: number): CheckpointStore {
  let first: StoredTrial = ledger.trial(id);
  while (first.continues !== undefined) first = ledger.trial(stored.trials[first.continues] as number);
  return ledger.storage.checkpoints(`study-${stored.id}-trial-${first.number}`);
}

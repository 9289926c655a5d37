import type { Direction, TrialState } from '@downhill/core';

/** What a line of the journal does: `JournalOperation` in Optuna's `storages/_journal/storage.py`, the same from 3.1 to 4. */
export const OPERATION = {
  createStudy: 0,
  deleteStudy: 1,
  studyUserAttribute: 2,
  studySystemAttribute: 3,
  createTrial: 4,
  setting: 5,
  state: 6,
  report: 7,
  trialUserAttribute: 8,
  trialSystemAttribute: 9,
} as const;

/** Optuna's `TrialState`, by its number. */
export const STATES: readonly TrialState[] = ['running', 'complete', 'pruned', 'failed', 'waiting'];

/** Optuna's `StudyDirection`, by its number; its 0 is "not set". */
export const DIRECTIONS: readonly (Direction | undefined)[] = [undefined, 'minimize', 'maximize'];

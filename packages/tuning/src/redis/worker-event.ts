import type { JobOutcome } from './await-job.ts';

/** What a worker does. `trial` is the trial's number. */
export type WorkerEvent =
  /** It looks for trials of this study. */
  | { readonly type: 'ready'; readonly study: string }
  | { readonly type: 'begin'; readonly trial: number; readonly reached?: number }
  | { readonly type: 'report'; readonly trial: number; readonly step: number; readonly value: number }
  | { readonly type: 'value'; readonly trial: number; readonly value: number }
  | { readonly type: 'pruned' | 'stopped' | 'handed-back' | 'lost'; readonly trial: number }
  | { readonly type: 'failed'; readonly trial: number; readonly error: string }
  /** The study's process does not answer; the trial waits for it, in the queue. */
  | { readonly type: 'no-answer'; readonly trial: number }
  /** Redis went away, or is back. */
  | { readonly type: 'away' | 'back' }
  /** What BullMQ complained of. */
  | { readonly type: 'trouble'; readonly message: string };

/** What a worker says of a trial's end. */
export function eventOf(trial: number, outcome: JobOutcome): WorkerEvent {
  if (outcome.type === 'value') return { type: 'value', trial, value: Number(outcome.value) };
  if (outcome.type === 'failed') return { type: 'failed', trial, error: outcome.error.message };
  return { type: outcome.type, trial };
}

import type { RescuedDigit } from './rescued.ts';
import type { JudgedSnapshot } from './snapshot-run.ts';
import type { SnapshotState } from './snapshot-state.ts';

/** What the snapshots' worker is asked: a later request takes the place of an earlier one. */
export interface SnapshotRequest extends SnapshotState {
  readonly id: number;
}

/** The run in cycles, and one of the same length with a single cycle. */
export type RunName = 'cycles' | 'single';

/** What it answers: losses again and again, all so far; each snapshot once it is judged. */
export type SnapshotAnswer = { readonly id: number } & (
  | { readonly kind: 'losses'; readonly run: RunName; readonly losses: readonly number[] }
  | { readonly kind: 'snapshots'; readonly run: RunName; readonly snapshots: readonly Omit<JudgedSnapshot, 'answers' | 'together'>[] }
  | { readonly kind: 'rescued'; readonly digits: readonly RescuedDigit[] }
  | { readonly kind: 'done' }
  | { readonly kind: 'problem'; readonly message: string }
);

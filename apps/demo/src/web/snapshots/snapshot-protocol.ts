import type { RescuedDigit } from './rescued.ts';
import type { JudgedSnapshot } from './snapshot-run.ts';
import type { SnapshotState } from './snapshot-state.ts';

/** What the snapshots' worker is asked. */
export type SnapshotRequest = SnapshotState;

/** The run in cycles, and one of the same length with a single cycle. */
export type RunName = 'cycles' | 'single';

/** How well a snapshot does, alone and together with those before it. */
export type ScoredSnapshot = Omit<JudgedSnapshot, 'answers' | 'together'>;

/** What it answers: the losses so far again and again, the snapshots so far as they are judged. */
export type SnapshotAnswer =
  | { readonly kind: 'losses'; readonly run: RunName; readonly losses: readonly number[] }
  | { readonly kind: 'snapshots'; readonly run: RunName; readonly snapshots: readonly ScoredSnapshot[] }
  | { readonly kind: 'rescued'; readonly digits: readonly RescuedDigit[] }
  | { readonly kind: 'done' };

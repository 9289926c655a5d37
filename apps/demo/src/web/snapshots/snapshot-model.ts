import { batch, signal, type ReadonlySignal, type Signal } from '@preact/signals';
import type { Ask } from '../work/use-worker.ts';
import type { RescuedDigit } from './rescued.ts';
import type { RunName, ScoredSnapshot, SnapshotAnswer, SnapshotRequest } from './snapshot-protocol.ts';
import type { SnapshotState } from './snapshot-state.ts';

/** A run as far as it is known. */
export interface SeenRun {
  /** Of each batch. */
  readonly losses: readonly number[];
  readonly snapshots: readonly ScoredSnapshot[];
}

export interface SnapshotModel {
  readonly runs: ReadonlySignal<Readonly<Record<RunName, SeenRun>>>;
  readonly rescued: ReadonlySignal<readonly RescuedDigit[]>;
  readonly running: ReadonlySignal<boolean>;
  arrived(answer: SnapshotAnswer): void;
  /** The worker gave up. */
  failed(): void;
  /** Trains anew. */
  restart(ask: Ask<SnapshotRequest>): void;
}

const UNSEEN: SeenRun = { losses: [], snapshots: [] };

/** Everything that follows from what the worker answers. */
export function snapshotModel(state: Signal<SnapshotState>): SnapshotModel {
  const runs = signal<Readonly<Record<RunName, SeenRun>>>({ cycles: UNSEEN, single: UNSEEN });
  const rescued = signal<readonly RescuedDigit[]>([]);
  const running = signal(false);
  const see = (run: RunName, part: Partial<SeenRun>): void => {
    runs.value = { ...runs.value, [run]: { ...runs.value[run], ...part } };
  };
  return {
    runs,
    rescued,
    running,
    arrived(answer) {
      if (answer.kind === 'losses') see(answer.run, { losses: answer.losses });
      else if (answer.kind === 'snapshots') see(answer.run, { snapshots: answer.snapshots });
      else if (answer.kind === 'rescued') rescued.value = answer.digits;
      else running.value = false;
    },
    failed() {
      running.value = false;
    },
    restart(ask) {
      const now = state.peek();
      batch(() => {
        runs.value = { cycles: UNSEEN, single: UNSEEN };
        rescued.value = [];
        running.value = true;
      });
      ask(now);
    },
  };
}

/** Each value's mean with up to `width` − 1 before it: batches are noisy. */
export function trailingMean(values: readonly number[], width: number): readonly number[] {
  let sum = 0;
  return values.map((value, i) => {
    sum += value - (values[i - width] ?? 0);
    return sum / Math.min(i + 1, width);
  });
}

/** A share as a percentage with one digit behind the point. */
export const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

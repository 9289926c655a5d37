import type { Schedule } from '@downhill/core';
import { cycleEnds, snapshotCosine } from '@downhill/schedulers';
import { stepsOf, type SnapshotState } from './snapshot-state.ts';

/** The learning rate of a run, and after how many steps its snapshots are taken. */
export interface SnapshotCycle {
  readonly rate: Schedule;
  readonly steps: number;
  readonly ends: readonly number[];
}

export function cycleOf(state: Pick<SnapshotState, 'cycles' | 'rate' | 'epochs'>): SnapshotCycle {
  const steps = stepsOf(state);
  const { cycles } = state;
  return { rate: snapshotCosine({ from: state.rate, steps, cycles }), steps, ends: cycleEnds({ steps, cycles }) };
}

import { colourOf } from '@downhill/core/page';
import { dashOf } from '../charts/dashes.ts';
import type { Line } from '../charts/line-chart.tsx';
import { cycleOf } from './cycle.ts';
import { trailingMean, type SeenRun } from './snapshot-model.ts';
import type { RunName } from './snapshot-protocol.ts';
import type { SnapshotState } from './snapshot-state.ts';

const SMOOTH = 15; // batches

const CYCLES = { label: 'in cycles', colour: colourOf(0) };
const SINGLE = { label: 'one long cycle', colour: colourOf(1), ...dashOf(1) };
const TAKEN = { label: 'snapshots', colour: colourOf(0), dots: true };
const TOGETHER = { label: 'all so far together', colour: colourOf(2) };

/** What all charts of the view call their lines, for one key. */
export const KEY: readonly { readonly label: string; readonly colour: string }[] = [CYCLES, SINGLE, TOGETHER];

/** The values where snapshots are taken, in their last step, and gaps between. */
function atEnds(values: readonly number[], ends: readonly number[]): readonly (number | null)[] {
  return values.map((value, step) => (ends.includes(step + 1) ? value : null));
}

/** The learning rate of both runs, and where snapshots are taken. */
export function rateLines(state: SnapshotState): readonly Line[] {
  const [cycles, single] = [cycleOf(state), cycleOf({ ...state, cycles: 1 })];
  const valuesOf = ({ rate, steps }: typeof cycles): readonly number[] => Array.from({ length: steps }, (_, step) => rate.at(step));
  const values = valuesOf(cycles);
  return [
    { ...SINGLE, values: valuesOf(single) },
    { ...CYCLES, values },
    { ...TAKEN, values: atEnds(values, cycles.ends) },
  ];
}

/** The loss of both runs, calmed, as far as they are. */
export function lossLines(state: SnapshotState, runs: Readonly<Record<RunName, SeenRun>>): readonly Line[] {
  const { steps, ends } = cycleOf(state);
  const whole = ({ losses }: SeenRun): readonly (number | null)[] => {
    const known = trailingMean(losses, SMOOTH);
    return Array.from({ length: steps }, (_, step) => known[step] ?? null); // the axis stays while a run goes on
  };
  return [
    { ...SINGLE, values: whole(runs.single) },
    { ...CYCLES, values: whole(runs.cycles) },
    { ...TAKEN, values: atEnds(trailingMean(runs.cycles.losses, SMOOTH), ends) },
  ];
}

/** Percentages right of each snapshot, of the ensemble so far, and of the single run; they are counted from 1. */
export function accuracyLines({ cycles }: SnapshotState, runs: Readonly<Record<RunName, SeenRun>>): readonly Line[] {
  const { snapshots } = runs.cycles;
  const single = runs.single.snapshots[0]?.alone.accuracy;
  const right = (share: number | undefined): number | null => (share === undefined ? null : 100 * share);
  const each = (pick: (i: number) => number | undefined): readonly (number | null)[] => [
    null,
    ...Array.from({ length: cycles }, (_, i) => right(pick(i))),
  ];
  return [
    { ...SINGLE, values: each(() => single) },
    { ...TAKEN, values: each((i) => snapshots[i]?.alone.accuracy) },
    { ...TOGETHER, values: each((i) => snapshots[i]?.ensemble.accuracy) },
  ];
}

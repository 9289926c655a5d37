import { colourOf } from '@downhill/core/page';
import { dashOf } from '../charts/dashes.ts';
import type { Line } from '../charts/line-chart.tsx';
import type { Entry } from './race-model.ts';

const HIGH = 3; // times the first loss: what climbs further leaves the chart
const LOW = 1e-10; // the smallest loss on a logarithmic axis; float32 weights seldom say more

/** Whether the losses can stand on a logarithmic axis: none is below zero. */
export const areLogarithmic = (entries: readonly Entry[]): boolean =>
  entries.every(({ trace }) => trace?.losses.every((loss) => !(loss < 0)) ?? true);

/** The losses as lines of a chart. */
export function lossLines(entries: readonly Entry[]): readonly Line[] {
  const logarithmic = areLogarithmic(entries);
  const first = Math.max(0, ...entries.map(({ trace }) => Math.abs(trace?.losses[0] ?? 0)));
  const shown = (loss: number): number | null => {
    if (!(loss <= HIGH * first + 1)) return null;
    return logarithmic ? Math.max(LOW, loss) : loss;
  };
  return entries.map(({ name, index, trace }) => ({
    label: name,
    colour: colourOf(index),
    ...dashOf(index),
    values: Array.from(trace?.losses ?? [], shown),
  }));
}

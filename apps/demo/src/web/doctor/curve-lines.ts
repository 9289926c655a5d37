import { colourOf } from '@downhill/core/page';
import type { Curves, CurveValue } from '@downhill/diagnostics';
import { dashOf } from '../charts/dashes.ts';
import type { Line } from '../charts/line-chart.tsx';

type Series = readonly CurveValue[] | undefined;

/** Numbers over epochs; a gap where there is none, and up to the run's end, so that the axis holds still while the curve grows. */
function valuesOf(series: Series, first: CurveValue, epochs: number): readonly (number | null)[] {
  const shown = [first, ...(series ?? [])].map((value) => (value !== null && Number.isFinite(value) ? value : null));
  return [...shown, ...Array.from({ length: Math.max(0, epochs + 1 - shown.length) }, () => null)];
}

const line = (label: string, index: number, values: readonly (number | null)[]): Line => ({
  label,
  colour: colourOf(index),
  ...dashOf(index),
  values,
});

export const lossLines = (curves: Curves | undefined, epochs: number): readonly Line[] => [
  line('training', 0, valuesOf(curves?.trainLoss, curves?.initialLoss ?? null, epochs)),
  line('validation', 1, valuesOf(curves?.validationLoss, null, epochs)),
];

export const accuracyLines = (curves: Curves | undefined, epochs: number): readonly Line[] => [
  line('training', 0, valuesOf(curves?.trainAccuracy, null, epochs)),
  line('validation', 1, valuesOf(curves?.validationAccuracy, null, epochs)),
];

export const rateLines = (curves: Curves | undefined, epochs: number): readonly Line[] => [
  line('learning rate', 0, valuesOf(curves?.learningRate, null, epochs)),
];

const HUGE = 100;

/** Whether a loss has grown so far that it needs powers of ten. */
export function areHuge(curves: Curves | undefined): boolean {
  const initial = curves?.initialLoss ?? null;
  return initial !== null && (curves?.trainLoss.some((loss) => loss !== null && loss > HUGE * initial) ?? false);
}

import type { Direction, Report } from '@downhill/core';
import { isBetter } from '../view/trials.ts';

/** The place of the first report at `step` or later; the number of reports where there is none. */
export function firstAt(reports: readonly Report[], step: number): number {
  let [low, high] = [0, reports.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((reports[middle]?.step ?? 0) < step) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** What was reported at exactly this step. */
export function valueAtStep(reports: readonly Report[], step: number): number | undefined {
  const report = reports[firstAt(reports, step)];
  return report?.step === step ? report.value : undefined;
}

/** The best value that was reported, NaN where none is a number. */
export const bestReported = (reports: readonly Report[], direction: Direction): number =>
  reports.reduce((best, { value }) => (Number.isNaN(best) || isBetter(direction, value, best) ? value : best), Number.NaN);

import { numberText } from '@downhill/core/page';
import { chartSvg } from '../reports/charts/chart-svg.ts';
import { cutOff } from './cut-off.ts';
import type { LearningRateSuggestions } from './suggest-learning-rates.ts';

/** Losses over rates, and what they suggest. */
export interface RangeTestLosses {
  readonly rates: readonly number[];
  /** Each batch's loss, from before the step at its rate. */
  readonly losses: readonly number[];
  readonly smoothed: readonly number[];
  /** Undefined where the test was over too soon to tell. */
  readonly suggestions: LearningRateSuggestions | undefined;
}

/** Losses over rates: the batches' own faintly, the smoothed ones over them, and the suggested rates. */
export function rangeTestSvg({ losses, rates, smoothed, suggestions }: RangeTestLosses, sweep: 'exponential' | 'linear'): string {
  const { minimum, steepest, valley } = suggestions ?? {};
  const marks = Object.entries({ valley, steepest, 'minimum / 10': minimum }).flatMap(([name, x]) =>
    x === undefined ? [] : [{ label: `${name}: ${numberText(x, 2)}`, x }],
  );
  const series = [
    { name: 'smoothed', x: rates, y: smoothed },
    { name: 'each batch', x: rates, y: losses, faint: true },
  ];
  return chartSvg(series, {
    title: 'Learning-rate range test',
    xLabel: 'learning rate',
    yLabel: 'loss',
    logX: sweep === 'exponential',
    most: cutOff(smoothed.slice(0, Math.ceil(smoothed.length / 2))),
    marks,
  });
}

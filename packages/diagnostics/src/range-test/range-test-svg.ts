import { lineChart } from './line-chart.ts';
import type { RangeTest } from './learning-rate-range-test.ts';

/** Losses over rates: the batches' own faintly, the smoothed ones over them, and the suggested rates. */
export function rangeTestSvg({ losses, rates, smoothed, suggestions }: Omit<RangeTest, 'svg'>, sweep: 'exponential' | 'linear'): string {
  const points = (values: readonly number[]): readonly (readonly [number, number])[] => values.map((value, i) => [rates[i] ?? 0, value]);
  const { minimum, steepest, valley } = suggestions ?? {};
  const marks = Object.entries({ valley, steepest, 'minimum / 10': minimum }).flatMap(([name, at]) =>
    at === undefined ? [] : [{ name, at }],
  );
  return lineChart({
    title: 'Learning-rate range test',
    x: { label: 'learning rate', scale: sweep === 'linear' ? 'linear' : 'logarithmic' },
    y: {
      label: 'loss',
      most: 2 * Math.max(smoothed[0] ?? 0, ...smoothed.slice(0, Math.ceil(smoothed.length / 2)).filter(Number.isFinite)),
    },
    lines: [
      { name: 'smoothed', points: points(smoothed) },
      { name: 'each batch', points: points(losses), faint: true },
    ],
    marks,
  });
}

import type { Reading, ScalarReading } from '../../reading.ts';
import { byName } from '../by-name.ts';
import { metricOf } from './metric-of.ts';

/** The scalars of one name, with the chart that they belong into and what they are called there. */
export interface ReadLine {
  readonly chart: string;
  readonly line: string;
  readonly points: readonly ScalarReading[];
}

/** A line for each name of a scalar. One without a name of its own is called after its chart, or `train` beside a validation line. */
export function linesOf(readings: readonly Reading[]): ReadLine[] {
  const lines = [...byName(readings, 'scalar')].map(([name, points]) => ({ ...metricOf(name), points }));
  const validated = new Set(lines.filter(({ line }) => line.startsWith('validation')).map(({ chart }) => chart));
  const nameOf = (chart: string): string => (validated.has(chart) ? 'train' : chart);
  return lines.map(({ chart, line, points }) => ({ chart, line: line === '' ? nameOf(chart) : line, points }));
}

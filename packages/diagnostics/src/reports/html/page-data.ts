import { byName } from '../by-name.ts';
import { linesOf, type ReadLine } from '../charts/lines-of.ts';
import type { ReportRun } from './report-run.ts';
import { thinned } from './thinned.ts';

/** What the script of the page draws. Values that are not finite are null. */
export interface PageData {
  readonly runs: readonly PageRun[];
}

export interface PageRun {
  readonly name: string;
  readonly lines: readonly PageLine[];
  readonly histograms: readonly PageHistogram[];
}

export interface PageLine {
  readonly chart: string;
  readonly line: string;
  readonly steps: readonly number[];
  readonly epochs: readonly number[];
  readonly values: readonly (number | null)[];
  readonly guide?: number;
}

export interface PageHistogram {
  readonly name: string;
  readonly frames: readonly { readonly step: number; readonly edges: readonly number[]; readonly counts: readonly number[] }[];
}

/** More than a wide screen has pixels to tell apart. */
const POINTS_OF_A_LINE = 1500;
const FRAMES_OF_A_HISTOGRAM = 100;

export const pageData = (runs: readonly ReportRun[]): PageData => ({
  runs: runs.map(({ run: { name }, readings }) => ({ name, lines: linesOf(readings).map(pageLine), histograms: histogramsOf(readings) })),
});

function pageLine({ chart, line, points }: ReadLine): PageLine {
  const kept = thinned(
    points.map(({ value }) => value),
    POINTS_OF_A_LINE,
  ).flatMap((i) => points[i] ?? []);
  const guide = points.at(-1)?.guide;
  return {
    chart,
    line,
    steps: kept.map(({ step }) => step),
    epochs: kept.map(({ epoch }) => epoch),
    values: kept.map(({ value }) => short(value)),
    ...(guide === undefined ? {} : { guide }),
  };
}

function histogramsOf(readings: ReportRun['readings']): PageHistogram[] {
  return [...byName(readings, 'histogram')].map(([name, all]) => {
    const every = Math.ceil(all.length / FRAMES_OF_A_HISTOGRAM);
    const kept = all.filter((_, i) => i % every === 0 || i === all.length - 1);
    return { name, frames: kept.map(({ step, edges, counts }) => ({ step, edges: edges.map((edge) => short(edge) ?? 0), counts })) };
  });
}

const short = (value: number): number | null => (Number.isFinite(value) ? Number(value.toPrecision(6)) : null);

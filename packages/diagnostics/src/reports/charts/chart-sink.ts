import type { Reading, Sink } from '../../reading.ts';
import type { ChartSeries } from './chart-series.ts';
import { linesOf } from './lines-of.ts';

/** Options of {@link chartSink}. */
export interface ChartSinkOptions {
  /** How warnings call it. @defaultValue 'charts' */
  readonly name?: string;
  /** The charts that are drawn, in this order, such as `['loss', 'accuracy']`. @defaultValue all, as they come */
  readonly charts?: readonly string[];
}

/**
 * Hands over the curves of a run when it ends, a chart at a time, to be drawn in the terminal, as SVG or otherwise. `loss` and `val_loss` make
 * one chart, and so do readings whose names begin with the same part (`gradient norm/0/kernel`); steps go across.
 *
 *     chartSink((title, series) => console.log(terminalChart(series, { title })), { charts: ['loss', 'accuracy'] })
 *     chartSink((title, series) => writeFile(`${title}.svg`, chartSvg(series, { title, xLabel: 'step' })))
 *
 * @example
 * const drawn = [];
 * const sink = chartSink((title, series) => void drawn.push(title));
 * sink.write([{ kind: 'scalar', name: 'val_loss', value: 0.5, step: 1, epoch: 1 }]);
 * drawn; // []
 */
export function chartSink(
  draw: (title: string, series: readonly ChartSeries[]) => void | Promise<void>,
  { name = 'charts', charts }: ChartSinkOptions = {},
): Sink {
  let readings: Reading[] = [];
  return Object.freeze({
    kind: 'sink',
    name,
    open: () => void (readings = []),
    write: (more) => void readings.push(...more),
    async close() {
      const lines = linesOf(readings);
      for (const title of charts ?? new Set(lines.map(({ chart }) => chart))) {
        const series = lines.filter(({ chart }) => chart === title).map(seriesOf);
        if (series.length > 0) await draw(title, series);
      }
    },
  } satisfies Sink);
}

const seriesOf = ({ line, points }: ReturnType<typeof linesOf>[number]): ChartSeries => ({
  name: line,
  x: points.map(({ step }) => step),
  y: points.map(({ value }) => value),
});

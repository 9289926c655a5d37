import { checkNumber, complete } from '@downhill/core';
import { numberText } from '@downhill/core/page';
import { log } from '@downhill/core/math';
import { linearAxis, logAxis } from './axis.ts';
import { brailleCanvas } from './braille-canvas.ts';
import { pointsOf, stretchesOf, type ChartSeries } from './chart-series.ts';

/** Options of {@link terminalChart}. */
export interface TerminalChartOptions {
  /** @defaultValue '' */
  readonly title?: string;
  /** Signs across, with the labels. @defaultValue 72 */
  readonly width?: number;
  /** Lines of the plot, without title, axis and legend. @defaultValue 12 */
  readonly height?: number;
  /** Powers of ten on the vertical axis. @defaultValue false */
  readonly logY?: boolean;
  /** The same for the horizontal one. @defaultValue false */
  readonly logX?: boolean;
  /** Colours as ANSI escape sequences: for a terminal (`process.stdout.hasColors()`), not for a file. @defaultValue false */
  readonly colour?: boolean;
}

const ANSI = [34, 33, 32, 35, 36, 31]; // blue, yellow, green, magenta, cyan, red
const MARKS = '●■▲◆★○';

/**
 * A line chart in the signs of a terminal: Braille patterns, of which each holds 2 × 4 dots. The end of each line bears a mark of its own, so
 * that the legend holds without colours too.
 *
 * @example
 * terminalChart([{ name: 'loss', y: [4, 2, 1] }], { height: 4 }).split('\n').length; // 7
 *
 * @throws DownhillError `shape-mismatch` where a series has more or fewer `x` than `y`, `invalid-argument` for a size that is too small.
 */
export function terminalChart(series: readonly ChartSeries[], options: TerminalChartOptions = {}): string {
  const { title, width, height, logX, logY, colour } = complete('terminalChart', options, {
    title: '',
    width: 72,
    height: 12,
    logX: false,
    logY: false,
    colour: false,
  });
  checkNumber('terminalChart', { width }, { min: 24, integer: true });
  checkNumber('terminalChart', { height }, { min: 2, integer: true });
  const paint = (text: string, index: number): string => (colour ? `\u001b[${ANSI[index % ANSI.length]}m${text}\u001b[0m` : text);
  const lines = series.map((one) =>
    pointsOf('terminalChart', one, logY).map((point) => (logX && point.x <= 0 ? { ...point, y: Number.NaN } : point)),
  );
  const drawn = lines.flat().filter(({ y }) => !Number.isNaN(y));
  const yAxis = (logY ? logAxis : linearAxis)(
    drawn.map(({ y }) => y),
    height / 3,
  );
  const labels = new Map(yAxis.ticks.map((tick) => [Math.round((1 - yAxis.shareOf(tick)) * (height - 1)), numberText(tick)]));
  const margin = Math.max(...[...labels.values()].map(({ length }) => length));
  const columns = width - margin - 2;
  const [start, end] = [Math.min(...drawn.map(({ x }) => x)), Math.max(...drawn.map(({ x }) => x))];
  const across = (x: number): number => (logX ? log(x) : x);
  const canvas = brailleCanvas(columns, height);
  const placed = ({ x, y }: { x: number; y: number }) => ({
    x: start === end ? 0.5 : (across(x) - across(start)) / (across(end) - across(start)),
    y: 1 - yAxis.shareOf(y),
  });
  for (const [index, points] of lines.entries()) {
    for (const stretch of stretchesOf(points)) canvas.line(stretch.map(placed), index);
    const last = points.findLast(({ y }) => !Number.isNaN(y));
    if (last !== undefined) canvas.mark(placed(last), MARKS[index % MARKS.length] ?? '●', index);
  }
  const rows = canvas.rows(paint).map((row, i) => `${(labels.get(i) ?? '').padStart(margin)} ${labels.has(i) ? '┤' : '│'}${row}`);
  const [from, to] = drawn.length === 0 ? ['', 'no finite values'] : [numberText(start), numberText(end)];
  return [
    ...(title === '' ? [] : [`${' '.repeat(margin + 2)}${title}`]),
    ...rows,
    `${' '.repeat(margin)} └${'─'.repeat(columns)}`,
    `${' '.repeat(margin + 2)}${from}${to.padStart(columns - from.length)}`,
    `${' '.repeat(margin + 2)}${series.map(({ name }, i) => paint(`${MARKS[i % MARKS.length]} ${name}`, i)).join('   ')}`,
  ].join('\n');
}

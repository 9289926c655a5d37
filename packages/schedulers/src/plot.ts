import { checkNumber, checkSchedule, complete, valueAt, type ScheduleLike } from '@downhill/core';
import { REQUIRED } from './required.ts';

/** Options of {@link plot}. */
export interface PlotOptions {
  /** The steps shown, from 0 up to this one: whole, at least 1. */
  steps: number;
  /** Characters across, without the numbers at the left: whole, at least 10. @defaultValue 60 */
  width?: number;
  /** Lines down, without the one of steps below: whole, at least 2. @defaultValue 6 */
  height?: number;
}

/**
 * A schedule as a picture in plain text, made of Braille dots, two across and four down a character.
 *
 * The lowest and the highest value stand at the left, the first and the last step below. A column that holds several steps shows their
 * range, at most 16 of them; the number of dots has no bearing on the schedule.
 *
 * @example
 * const picture = plot(linear({ from: 0.1, steps: 8 }), { steps: 8, width: 10, height: 2 });
 * picture.split('\n')[0]; // '0.1 ⠉⠓⠦⣄⣀'
 *
 * @throws DownhillError `invalid-argument` when `plotted` is no schedule or number, or a size is not whole or too small; `non-finite` where the schedule
 * gives no number.
 */
export function plot(plotted: ScheduleLike, options: PlotOptions): string {
  checkSchedule('plot', { plotted });
  const { steps, width, height } = complete('plot', options, { steps: REQUIRED, width: 60, height: 6 });
  checkNumber('plot', { steps }, { min: 1, integer: true });
  checkNumber('plot', { width }, { min: 10, max: 1000, integer: true });
  checkNumber('plot', { height }, { min: 2, max: 1000, integer: true });
  const columns = columnsOf(plotted, steps, 2 * width);
  const lowest = Math.min(...columns.flat());
  const highest = Math.max(...columns.flat());
  const shareOf = (value: number): number => (highest === lowest ? 0.5 : (highest - value) / (highest - lowest));
  const dotOf = (value: number): number => Math.round(shareOf(value) * (4 * height - 1));
  const cells = Array.from({ length: height }, () => Array.from({ length: width }, () => 0));
  columns.forEach((values, x) => {
    const dots = values.map(dotOf);
    for (let y = Math.min(...dots); y <= Math.max(...dots); y++) {
      const row = cells[Math.floor(y / 4)];
      const at = Math.floor(x / 2);
      if (row !== undefined) row[at] = (row[at] ?? 0) | (DOTS[x % 2]?.[y % 4] ?? 0);
    }
  });
  return framed(cells, { lowest, highest, steps });
}

/** The bit of each dot of a Braille character, which begin at U+2800: the left column downwards, then the right one. */
const DOTS: readonly (readonly number[])[] = [
  [0x01, 0x02, 0x04, 0x40],
  [0x08, 0x10, 0x20, 0x80],
];

/** The values that each column shows, with the one before it, so that a jump is drawn. */
function columnsOf(plotted: ScheduleLike, steps: number, count: number): readonly (readonly number[])[] {
  let before: number | undefined;
  return Array.from({ length: count }, (_, x) => {
    const first = Math.round((x / (count - 1)) * steps);
    const next = Math.round((Math.min(x + 1, count - 1) / (count - 1)) * steps);
    const stride = Math.max(1, Math.ceil((next - first) / 16));
    const shown = Array.from({ length: Math.max(1, Math.ceil((next - first) / stride)) }, (_unused, i) =>
      valueAt(plotted, first + i * stride),
    );
    const values = before === undefined ? shown : [before, ...shown];
    before = shown.at(-1);
    return values;
  });
}

function framed(
  cells: readonly (readonly number[])[],
  { lowest, highest, steps }: { readonly lowest: number; readonly highest: number; readonly steps: number },
): string {
  const labels = cells.map(() => '');
  if (highest === lowest) labels[Math.floor(cells.length / 2)] = brief(lowest);
  else [labels[0], labels[cells.length - 1]] = [brief(highest), brief(lowest)];
  const indent = Math.max(...labels.map((label) => label.length));
  const lines = cells.map((row, i) => `${labels[i]?.padStart(indent)} ${row.map((bits) => String.fromCodePoint(0x2800 + bits)).join('')}`);
  const [width, last] = [cells[0]?.length ?? 0, String(steps)];
  const scale = `0${last.padStart(width - 1)}`;
  return [...lines, `${' '.repeat(indent)} ${scale}`].map((line) => line.replace(/[ \u2800]+$/, '')).join('\n');
}

/** Three digits, without zeros behind them. */
const brief = (value: number): string => String(Number(value.toPrecision(3)));

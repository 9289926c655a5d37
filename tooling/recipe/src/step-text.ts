import { terminalChart, type GuidedStep } from '@downhill/diagnostics';

/** How text is set: signs across, and whether in colours. */
export interface Setting {
  readonly width: number;
  readonly colour: boolean;
}

const INDENT = '  ';
const COLOURS = { ok: 32, warning: 33, failed: 31 };

/** A finished step for the terminal: verdict and finding, its chart, its table, what it means where it failed, what to do next. */
export function stepText({ verdict, summary, advice, meaning, numbers, chart, table }: GuidedStep, { width, colour }: Setting): string {
  const { series, title = '', logX = false, logY = false } = chart;
  const say = (text: string): string[] => wrapped(text, width - INDENT.length);
  const drawn = terminalChart(series, { title, logX, logY, colour, width: Math.min(width - INDENT.length, 76), height: 8 }).split('\n');
  const mark = colour ? `\u001b[${COLOURS[verdict]};1m${verdict}\u001b[0m` : verdict;
  const [first = '', ...rest] = say(`${verdict}: ${summary}`);
  return [
    first.replace(verdict, mark),
    ...rest,
    ...say(`numbers: ${numbersText(numbers)}`),
    '',
    ...drawn,
    '',
    ...(table === undefined ? [] : [...tableLines(table, ROWS), '']),
    ...(verdict === 'failed' ? say(`what it means: ${meaning}`) : []),
    ...say(`next: ${advice}`),
  ]
    .map((line) => (line === '' ? '' : INDENT + line))
    .join('\n');
}

const text = (value: string | number): string => (typeof value === 'number' ? String(Number(value.toPrecision(4))) : value);

const numbersText = (numbers: GuidedStep['numbers']): string =>
  Object.entries(numbers)
    .map(([name, value]) => `${name} ${text(value)}`)
    .join(', ');

/** Rows of a table that are shown; the page has them all. */
const ROWS = 5;

function tableLines({ columns, rows }: NonNullable<GuidedStep['table']>, limit: number): string[] {
  const cells = [columns, ...rows.slice(0, limit)].map((row) => row.map((cell) => text(cell)));
  const widths = columns.map((_, j) => Math.max(...cells.map((row) => (row[j] ?? '').length)));
  const lines = cells.map((row) =>
    row
      .map((cell, j) => cell.padEnd(widths[j] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  return rows.length > limit ? [...lines, `and ${rows.length - limit} more`] : lines;
}

/** Text in lines that are no longer than `width`, where no word is; a percent sign stays with its number. */
export function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(/ (?!%)/)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

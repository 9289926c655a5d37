import type { Check, CheckTable } from './check.ts';

/**
 * A check as lines of text: verdict and finding, its table, advice, and unless all is well what it means.
 *
 * @example
 * const check = { kind: 'check', name: 'data', verdict: 'ok', summary: 'All is well.', numbers: {}, advice: 'Go on.', meaning: 'None.' };
 * checkText(check); // 'ok  data: All is well.\n    Go on.'
 */
export function checkText({ name, verdict, summary, advice, meaning, table }: Check): string {
  const lines = [...(table === undefined ? [] : tableLines(table)), advice, ...(verdict === 'ok' ? [] : [meaning])];
  return [`${verdict}  ${name}: ${summary}`, ...lines.filter((line) => line !== '').map((line) => `    ${line}`)].join('\n');
}

/**
 * Prints {@link checkText} of a check.
 *
 * @example
 * const lines = [];
 * printCheck({ kind: 'check', name: 'a', verdict: 'ok', summary: 'b', numbers: {}, advice: '', meaning: '' }, (line) => lines.push(line));
 * lines; // ['ok  a: b']
 */
export function printCheck(check: Check, print: (text: string) => void = console.log): void {
  print(checkText(check));
}

/** Columns under one another: words to the left, numbers to the right. */
export function tableLines({ columns, rows }: CheckTable): string[] {
  const cells = [columns, ...rows].map((row) => row.map((cell) => (typeof cell === 'number' ? shortNumber(cell) : cell)));
  const widths = columns.map((_, j) => Math.max(...cells.map((row) => (row[j] ?? '').length)));
  const numeric = columns.map((_, j) => rows.length > 0 && rows.every((row) => typeof row[j] === 'number'));
  return cells.map((row) =>
    row
      .map((cell, j) => (numeric[j] === true ? cell.padStart(widths[j] ?? 0) : cell.padEnd(widths[j] ?? 0)))
      .join('  ')
      .trimEnd(),
  );
}

/** Whole numbers as they are, others with three digits. */
export function shortNumber(value: number): string {
  return Number.isInteger(value) && Math.abs(value) < 1e15 ? value.toLocaleString('en-US') : String(Number(value.toPrecision(3)));
}

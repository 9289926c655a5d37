import type { KernelRow, Machine, Report, Row } from './report.ts';

/** A report as text, for people. */
export function reportText({ benchmark, machine, rows, kernels = [] }: Report): string {
  return [
    `${benchmark}: the ratio says how many times faster the subject is`,
    machineText(machine),
    rowsText(rows),
    ...kernelTexts(kernels),
  ].join('\n\n');
}

/** Where the time goes, one table a case and subject. */
function kernelTexts(kernels: readonly KernelRow[]): readonly string[] {
  const titleOf = ({ case: name, subject }: KernelRow): string => `${name}, ${subject}`;
  return [...new Set(kernels.map(titleOf))].map((title) => {
    const group = kernels.filter((row) => titleOf(row) === title);
    const whole = group.reduce((sum, { ms }) => sum + ms, 0);
    const lines = group.map(({ kernel, calls, ms }) => [kernel, String(calls), ms.toFixed(2), `${((100 * ms) / whole).toFixed(0)} %`]);
    return `Where the time goes: ${title}\n${table(['kernel', 'calls', 'ms', 'share'], lines)}`;
  });
}

/** What the numbers depend on, a line each. */
export function machineText(machine: Machine): string {
  return Object.entries(machine)
    .map(([key, value]) => `${key}: ${value}`)
    .join('\n');
}

function rowsText(rows: readonly Row[]): string {
  const lines = rows.map((row) => [
    row.case,
    row.subject,
    milliseconds(row.subjectMs),
    row.peer,
    milliseconds(row.peerMs),
    `${row.ratio.toPrecision(3)}x`,
  ]);
  return table(['case', 'subject', 'ms', 'peer', 'ms', 'ratio'], lines);
}

const milliseconds = (ms: number): string => (ms < 10 ? ms.toFixed(3) : ms.toFixed(1));

/** Columns as wide as their widest cell; numbers to the right. */
export function table(head: readonly string[], lines: readonly (readonly string[])[]): string {
  const widths = head.map((title, column) => Math.max(title.length, ...lines.map((line) => (line[column] ?? '').length)));
  const isNumber = head.map((_, column) => lines.every((line) => /^[-\d.]/.test(line[column] ?? '')));
  const format = (line: readonly string[]): string =>
    line
      .map((cell, column) => (isNumber[column] === true ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0)))
      .join('  ')
      .trimEnd();
  return [format(head), widths.map((width) => '-'.repeat(width)).join('  '), ...lines.map(format)].join('\n');
}

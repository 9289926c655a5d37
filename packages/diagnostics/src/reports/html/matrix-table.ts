import { escaped, numberText } from '@downhill/core/page';
import type { MatrixReading } from '../../reading.ts';
import { metricOf } from '../charts/metric-of.ts';

/** Numbers in the cells would not be legible beyond. */
const CLASSES_WITH_NUMBERS = 30;

/**
 * A matrix as a table whose cells are the darker the larger their share of the row. Where rows and columns are the same, it is a confusion
 * matrix: right answers in one colour, mistakes in another, with recall at the end of a row and precision below a column.
 */
export function matrixTable({ name, rows, columns, values, step }: MatrixReading): string {
  const confusion = rows.length === columns.length && rows.every((row, i) => row === columns[i]);
  const total = (numbers: readonly number[]): number => numbers.reduce((sum, value) => sum + value, 0);
  const body = values.map((row, i) => {
    const all = total(row.map(Math.abs));
    const cells = row.map((value, j) => {
      const share = all === 0 ? 0 : Math.abs(value) / all;
      const title = `${rows[i]} as ${columns[j]}: ${numberText(value)} (${percent(share)})`;
      const shown = value === 0 || rows.length > CLASSES_WITH_NUMBERS ? '' : numberText(value);
      return `<td class="${confusion && i !== j ? 'wrong' : 'right'}" style="--share:${share.toFixed(3)}" title="${escaped(title)}">${shown}</td>`;
    });
    const recall = confusion ? `<td class="sum">${all === 0 ? '' : percent((row[i] ?? 0) / all)}</td>` : '';
    return `<tr><th scope="row">${escaped(rows[i] ?? '')}</th>${cells.join('')}${recall}</tr>`;
  });
  const precision = columns.map((_, j) => {
    const all = total(values.map((row) => row[j] ?? 0));
    return `<td class="sum">${all === 0 ? '' : percent((values[j]?.[j] ?? 0) / all)}</td>`;
  });
  return `<div class="scroll"><table class="matrix"><caption>${escaped(titleOf(name))} at step ${step}${confusion ? ': true classes down, predicted ones across' : ''}</caption>
<thead><tr><td></td>${columns.map((column) => `<th scope="col">${escaped(column)}</th>`).join('')}${confusion ? '<th scope="col" class="sum">recall</th>' : ''}</tr></thead>
<tbody>${body.join('\n')}${confusion ? `<tr><th scope="row" class="sum">precision</th>${precision.join('')}<td class="sum"></td></tr>` : ''}</tbody></table></div>`;
}

/** `validation confusion` for `val_confusion`. */
const titleOf = (name: string): string => {
  const { chart, line } = metricOf(name);
  return line.startsWith('validation') ? line.replace('validation', `validation ${chart}`) : name;
};

const percent = (share: number): string => `${Math.round(share * 1000) / 10} %`;

import type { Json } from '@downhill/core';
import { colourOf, escaped } from '@downhill/core/page';
import { endsOf, verdictOf } from './ends-of.ts';
import { flat } from './flat.ts';
import type { ReportRun } from './report-run.ts';
import { valueText } from './value-text.ts';

interface Column {
  readonly name: string;
  readonly kind: 'end' | 'setting';
  readonly values: readonly (Json | undefined)[];
}

/** The runs with what they came to and the settings in which they differ. The script sorts, filters and hides by it. */
export function runsTable(runs: readonly ReportRun[]): string {
  const settings = columnsOf(
    'setting',
    runs.map(({ run }) => new Map(flat(run.settings))),
  );
  const same = runs.length < 2 ? [] : settings.filter(({ values }) => values.every((value) => valueText(value) === valueText(values[0])));
  const columns = [...columnsOf('end', runs.map(endsOf)), ...settings.filter((column) => !same.includes(column))];
  const judged = runs.some((run) => verdictOf(run) !== '');
  const head = ['run', ...(judged ? ['verdict'] : []), ...columns.map(({ name }) => name)];
  const rows = runs.map((run, i) => {
    const cells = columns.map((column) => cell(column, i));
    return `<tr data-run="${i}"><td><input type="checkbox" checked aria-label="Show ${escaped(run.run.name)}"></td>
<th scope="row"><button type="button" class="name"><i class="swatch" style="background:${colourOf(i)}"></i>${escaped(run.run.name)}</button></th>
${judged ? `<td class="verdict" title="${escaped(verdictOf(run))}">${escaped(verdictOf(run))}</td>` : ''}${cells.join('')}</tr>`;
  });
  return `<section id="runs"><h2>Runs</h2>
<div class="tools"><label>Filter <input type="search" id="filter" placeholder="adam  validation loss&lt;0.3" aria-describedby="filter-help"></label>
<button type="button" id="all">Show all</button><button type="button" id="none">Hide all</button><output id="shown"></output></div>
<p id="filter-help" class="hint">Words that a run must have, and comparisons with a column, such as <code>steps&gt;1000</code>. Click a column to sort, a run to see it alone.</p>
<div class="scroll"><table><thead><tr><td></td>${head.map((name) => `<th scope="col" aria-sort="none"><button type="button">${escaped(name)}</button></th>`).join('')}</tr></thead>
<tbody>${rows.join('\n')}</tbody></table></div>
${same.length === 0 ? '' : `<p class="hint">The same in all runs: ${same.map(({ name, values }) => `${escaped(name)} <b>${escaped(valueText(values[0]))}</b>`).join(', ')}.</p>`}
</section>`;
}

function columnsOf(kind: Column['kind'], rows: readonly ReadonlyMap<string, Json>[]): Column[] {
  const names = [...new Set(rows.flatMap((row) => [...row.keys()]))];
  return names.map((name) => ({ name, kind, values: rows.map((row) => row.get(name)) }));
}

function cell({ name, kind, values }: Column, index: number): string {
  const value = values[index];
  const number = typeof value === 'number';
  const kinds = [kind, ...(number ? ['number'] : []), ...(number && value === bestOf(name, values) ? ['best'] : [])];
  return `<td class="${kinds.join(' ')}"${number ? ` data-value="${value}"` : ''}>${escaped(valueText(value))}</td>`;
}

/** The lowest loss, the highest accuracy; of other columns none. */
function bestOf(name: string, values: Column['values']): number | undefined {
  const numbers = values.filter((value) => typeof value === 'number' && Number.isFinite(value)) as number[];
  if (/\b(?:loss|error)\b/i.test(name)) return numbers.reduce<number | undefined>((a = Infinity, b) => Math.min(a, b), undefined);
  return /accuracy/i.test(name) ? numbers.reduce<number | undefined>((a = -Infinity, b) => Math.max(a, b), undefined) : undefined;
}

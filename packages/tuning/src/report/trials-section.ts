import type { Choice, FrozenTrial, StudyView } from '@downhill/core';
import { escaped } from '@downhill/core/page';
import { settingText } from './setting-text.ts';

const SECOND = 1000;

/** All trials as an HTML table; what its cells are sorted by is beside what they show. */
export function trialsSection(study: StudyView, best: number | undefined): string {
  const names = Object.keys(study.space.parameters);
  const heads = ['trial', 'state', 'value', ...names, 'seconds', 'notes'];
  const rows = study.trials.map((trial) => row(trial, names, trial.number === best));
  return `<section><h2>Trials <small id="shown"></small></h2>
<div class="card" id="trials"><table><thead><tr>${heads.map((head) => `<th scope="col"><button type="button">${escaped(head)}</button></th>`).join('')}</tr></thead>
<tbody>
${rows.join('\n')}
</tbody></table></div></section>`;
}

function row(trial: FrozenTrial, names: readonly string[], winner: boolean): string {
  const { number, state, value, settings, startedAt, endedAt } = trial;
  const seconds = startedAt === undefined || endedAt === undefined ? undefined : (endedAt - startedAt) / SECOND;
  const cells = [number, state, value, ...names.map((name) => settings[name]), seconds, notesOf(trial)];
  return `<tr data-trial="${number}"${winner ? ' class="winner"' : ''}>${cells.map(cell).join('')}</tr>`;
}

const cell = (value: Choice | undefined): string =>
  `<td data-key="${escaped(value === undefined ? '' : String(value))}">${escaped(settingText(value))}</td>`;

function notesOf({ error, repeats, continues, attributes }: FrozenTrial): string {
  return [
    ...(error === undefined ? [] : [error]),
    ...(repeats === undefined ? [] : [`repeats trial ${repeats}`]),
    ...(continues === undefined ? [] : [`goes on from trial ${continues}`]),
    ...Object.entries(attributes).map(([name, value]) => `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`),
  ].join('; ');
}

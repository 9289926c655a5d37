import { complete } from '@downhill/core';
import { escaped, numberText, page } from '@downhill/core/page';
import type { CheckTable } from '../before-training/check.ts';
import { shortNumber } from '../before-training/check-text.ts';
import { STYLE } from '../generated/report-page.ts';
import type { GuidedStep, SkippedStep } from './guided-step.ts';
import type { SevenSteps } from './seven-steps.ts';

/** Options of {@link sevenStepsPage}. */
export interface SevenStepsPageOptions {
  /** @defaultValue 'Seven steps' */
  readonly title?: string;
}

/**
 * A guided run as the text of an HTML file: what to do next, then each step with its verdict, picture, numbers, meaning and advice. It holds all that
 * it needs, has no script and loads nothing; its content-security policy forbids it.
 *
 * @example
 * const found = { steps: [], skipped: [], best: undefined, trials: [], diagnosis: undefined, next: ['Start.'], stopped: 'finished' };
 * sevenStepsPage(found).startsWith('<!doctype html>'); // true
 */
export function sevenStepsPage(found: SevenSteps, options: SevenStepsPageOptions = {}): string {
  const { title } = complete('sevenStepsPage', options, { title: 'Seven steps' });
  const parts = [
    ...found.steps.map((step) => ({ step: step.step, html: section(step) })),
    ...found.skipped.map((step) => ({ step: step.step, html: skipped(step) })),
  ];
  const steps = parts.sort((a, b) => a.step - b.step).map(({ html }) => html);
  return page({ title, style: `${STYLE}${OWN_STYLE}`, main: [overview(found), ...steps].join('\n') });
}

const OWN_STYLE = `.step{display:grid;gap:0 2rem;grid-template-columns:minmax(0,660px) minmax(0,1fr);align-items:start}
.step h2{grid-column:1/-1}.step img{max-width:100%;height:auto;margin-bottom:.75rem;border:1px solid var(--rule);border-radius:10px}.step p{margin:0 0 .75rem;max-width:75ch}
.step table{font-size:.88rem}.step td,.step th{padding:.2rem .8rem .2rem 0;text-align:left}.step td.number{text-align:right}
.verdict{font-size:.8rem;font-weight:600;padding:.1rem .6rem;border-radius:1rem;border:1px solid;vertical-align:middle}
.verdict.ok{color:light-dark(#1a7f37,#3fb950)}.verdict.warning{color:light-dark(#9a6700,#d29922)}.verdict.failed{color:var(--wrong)}.verdict.skipped{color:var(--quiet)}
ol.next{padding-left:1.2rem;max-width:90ch}
@media(max-width:1000px){.step{grid-template-columns:minmax(0,1fr)}}`;

function overview({ best, next, stopped, steps }: SevenSteps): string {
  const settings =
    best === undefined
      ? []
      : [
          ['best learning rate', numberText(best.learningRate, 3)],
          ['best weight decay', numberText(best.weightDecay, 3)],
        ];
  const verdicts = ['ok', 'warning', 'failed'].map(
    (verdict) => [verdict, String(steps.filter((step) => step.verdict === verdict).length)] as const,
  );
  const ends = [...settings, ...verdicts].map(([name, value]) => `<div><dt>${escaped(name)}</dt><dd>${escaped(value)}</dd></div>`);
  return `<section>${stopped === 'signal' ? '<p class="lead">Stopped before its end.</p>' : ''}<dl class="ends">${ends.join('')}</dl>
${next.length === 0 ? '' : `<h2>What to do next</h2><ol class="next">${next.map((action) => `<li>${escaped(action)}</li>`).join('')}</ol>`}</section>`;
}

const heading = (step: number, name: string, verdict: string): string =>
  `<h2>${step}. ${escaped(name)} <span class="verdict ${verdict}">${verdict}</span></h2>`;

/** The picture is an image of its own, so that its style stays within it. */
const section = ({ step, name, verdict, summary, picture, advice, meaning, numbers, table, chart }: GuidedStep): string =>
  `<section class="step">${heading(step, name, verdict)}
<img src="data:image/svg+xml,${encodeURIComponent(picture)}" alt="${escaped(chart.title ?? name)}" width="640" height="360">
<div><p class="lead">${escaped(summary.replace(/^./, (letter) => letter.toUpperCase()))}</p>
<p><b>Next:</b> ${escaped(advice)}</p>
<p><small>${verdict === 'failed' ? 'What it means' : 'What failing would mean'}: ${escaped(meaning)}</small></p>
<p><small>Numbers: ${escaped(numbersText(numbers))}</small></p>
${table === undefined ? '' : tableOf(table)}</div></section>`;

const numbersText = (numbers: Readonly<Record<string, number>>): string =>
  Object.entries(numbers)
    .map(([name, value]) => `${name} ${numberText(value)}`)
    .join(' · ');

const skipped = ({ step, name, reason }: SkippedStep): string =>
  `<section class="step">${heading(step, name, 'skipped')}<p>${escaped(reason)}</p></section>`;

function tableOf({ columns, rows }: CheckTable): string {
  const cell = (value: string | number): string =>
    typeof value === 'number' ? `<td class="number">${shortNumber(value)}</td>` : `<td>${escaped(value)}</td>`;
  return `<div class="scroll"><table><thead><tr>${columns.map((name) => `<th scope="col">${escaped(name)}</th>`).join('')}</tr></thead>
<tbody>${rows.map((row) => `<tr>${row.map(cell).join('')}</tr>`).join('')}</tbody></table></div>`;
}

import type { StudyView } from '@downhill/core';
import { escaped, numberText } from '@downhill/core/page';
import { countsText } from './counts-text.ts';
import { settingText } from './setting-text.ts';

/** What the study found, as HTML: the best value, its settings, and the settings as JSON to take along. */
export function bestSection(study: StudyView, number: number | undefined): string {
  const best = number === undefined ? undefined : study.trials[number];
  const summary = `<p>${summaryOf(study)}</p>`;
  if (best?.value === undefined)
    return `<section><h2>Best settings</h2>\n${summary}\n<p>No trial is complete, so there are none.</p></section>`;
  const repeats = study.trials.filter(({ repeats: of, state }) => of === best.number && state === 'complete').map(({ value = 0 }) => value);
  const entries = [
    ...Object.entries(best.settings).map(([name, setting]) => entry(name, settingText(setting))),
    ...(repeats.length === 0 ? [] : [entry('value, measured again', repeats.map((value) => numberText(value, 5)).join(', '))]),
  ];
  return `<section><h2>Best settings <small>trial ${best.number}</small></h2>
${summary}
<dl class="best">${entry('value', numberText(best.value, 6), 'value')}${entries.join('')}</dl>
<pre>${escaped(JSON.stringify(best.settings))}</pre></section>`;
}

const entry = (name: string, text: string, kind = 'setting'): string =>
  `<div class="${kind}"><dt>${escaped(name)}</dt><dd>${escaped(text)}</dd></div>`;

const summaryOf = ({ trials, direction, seed }: StudyView): string =>
  `${countsText(trials)} The value is ${direction}d; the seed is ${seed}.`;

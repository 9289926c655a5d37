import { DownhillError, show } from '@downhill/core';
import { colourOf, escaped } from '@downhill/core/page';
import type { TextReading } from '../../reading.ts';
import { bitmap } from './bitmap.ts';
import { byName } from '../by-name.ts';
import { endsOf, verdictOf } from './ends-of.ts';
import { flat } from './flat.ts';
import { isPictureAddress } from './is-picture-address.ts';
import { matrixTable } from './matrix-table.ts';
import type { ReportFinding, ReportMistake, ReportRun } from './report-run.ts';
import { valueText } from './value-text.ts';

/** What one run came to: verdict, ends, findings. */
export function runOverview(run: ReportRun): string {
  const verdict = verdictOf(run);
  const { findings = [] } = run;
  return `${verdict === '' || findings.length > 0 ? '' : `<p class="lead">${escaped(verdict)}</p>`}
<dl class="ends">${[...endsOf(run)].map(([name, value]) => `<div><dt>${escaped(name)}</dt><dd>${escaped(valueText(value))}</dd></div>`).join('')}</dl>
${part('Findings', findings.map(finding))}`;
}

/** What else belongs to one run alone: notes, matrices, histograms, mistakes, settings. */
export function runDepth(run: ReportRun, index: number): string {
  const { mistakes = [], readings } = run;
  const lastOf = <Kind extends 'matrix' | 'text'>(kind: Kind) =>
    [...byName(readings, kind).values()].flatMap((ofName) => ofName.at(-1) ?? []);
  return `${part('Notes', lastOf('text').map(note))}
${part('Confusion and other tables', lastOf('matrix').map(matrixTable), 'tables')}
${byName(readings, 'histogram').size === 0 ? '' : `<h3>Histograms</h3><div class="histograms" data-run="${index}"></div>`}
${part('Worst mistakes', mistakes.map(mistake), 'mistakes')}
${part('Settings', settingsTable(run))}`;
}

/** All that belongs to one of many runs alone. */
export const runDetails = (run: ReportRun, index: number): string =>
  `<section class="details" data-run="${index}" aria-label="${escaped(run.run.name)}">
<h2><i class="swatch" style="background:${colourOf(index)}"></i>${escaped(run.run.name)}</h2>
${runOverview(run)}
${runDepth(run, index)}
</section>`;

const part = (title: string, items: readonly string[], kind = 'items'): string =>
  items.length === 0 ? '' : `<h3>${title}</h3><div class="${kind}">${items.join('\n')}</div>`;

const note = ({ name, text, step }: TextReading): string =>
  `<article class="note"><h4>${escaped(name)} <small>step ${step}</small></h4><p>${escaped(text)}</p></article>`;

const finding = ({ summary, evidence = '', advice = '' }: ReportFinding): string =>
  `<article class="finding"><h4>${escaped(summary)}</h4>${evidence === '' ? '' : `<p>${escaped(evidence)}</p>`}${advice === '' ? '' : `<p class="advice">${escaped(advice)}</p>`}</article>`;

const mistake = ({ image, label, prediction, confidence }: ReportMistake): string =>
  `<figure><img src="${escaped(typeof image === 'string' ? pictureAddress(image) : bitmap(image))}" alt="${escaped(`${label}, taken for ${prediction}`)}">
<figcaption><b>${escaped(label)}</b> taken for <b>${escaped(prediction)}</b> <span>${Math.round(confidence * 1000) / 10} %</span></figcaption></figure>`;

function settingsTable({ run }: ReportRun): string[] {
  const rows = flat(run.settings).map(
    ([name, value]) => `<tr><th scope="row">${escaped(name)}</th><td>${escaped(valueText(value))}</td></tr>`,
  );
  return rows.length === 0 ? [] : [`<table class="settings"><tbody>${rows.join('')}</tbody></table>`];
}

/** Anything but a picture in the page itself would be loaded from elsewhere. */
function pictureAddress(address: string): string {
  if (isPictureAddress(address)) return address;
  throw new DownhillError({
    code: 'invalid-argument',
    source: 'htmlReport',
    problem: `\`image\` must be pixels or an address that starts with data:image/png;base64, (or jpeg, gif, webp, bmp), got ${show(address)}`,
    advice: 'A report loads nothing: put the picture itself in.',
  });
}

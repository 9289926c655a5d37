import { complete, DownhillError, show, type StudyView } from '@downhill/core';
import { page } from '@downhill/core/page';
import { SCRIPT, SCRIPT_HASH, STYLE } from '../generated/report-page.ts';
import { bestTrial } from '../view/trials.ts';
import { bestSection } from './best-section.ts';
import { pictureData } from './picture-data.ts';
import { trialsSection } from './trials-section.ts';

/** Options of {@link studyReport}. */
export interface StudyReportOptions {
  /** @defaultValue the name of the study */
  readonly title?: string;
  /** The number of the trial whose settings are shown as the best: that of the winner of `settle`. @defaultValue the one with the best value */
  readonly best?: number;
}

/**
 * A page about a study, as the text of an HTML file: the best settings, the four pictures and a table of all trials.
 *
 * What is under the pointer is told; lines are picked by dragging along parallel axes, which leaves their trials in the table; the table is sorted
 * by its heads. The page is light or dark, holds all that it needs and loads nothing; its content-security policy forbids it. The same study gives
 * the same bytes.
 *
 * @example
 * const view = { name: 'first', direction: 'minimize', seed: 1, space: space({ rate: float(0, 1) }), trials: [] };
 * studyReport(view).startsWith('<!doctype html>'); // true
 *
 * @throws DownhillError `invalid-argument` for options that are not known, or where `best` is no complete trial.
 */
export function studyReport(study: StudyView, options: StudyReportOptions = {}): string {
  const { title, best = bestTrial(study)?.number } = complete('studyReport', options, { title: study.name, best: undefined });
  if (best !== undefined && study.trials[best]?.state !== 'complete') throw notComplete(best);
  return page({
    title,
    style: STYLE,
    main: [
      bestSection(study, best),
      '<section><h2>Pictures</h2>\n<noscript><p>The pictures are drawn by the script of this page, which this browser does not run.</p></noscript>',
      ...PICTURES.map(([name, hint]) => `<figure class="card"><div class="picture" data-picture="${name}"></div>${hint}</figure>`),
      '</section>',
      trialsSection(study, best),
    ].join('\n'),
    script: { code: SCRIPT, hash: SCRIPT_HASH, data: pictureData(study, best) },
  });
}

const notComplete = (best: unknown): DownhillError =>
  new DownhillError({
    code: 'invalid-argument',
    source: 'studyReport',
    problem: `\`best\` must be the number of a complete trial, got ${show(best)}`,
  });

const PICTURES = [
  ['history', ''],
  ['parallel-coordinates', '<figcaption class="hint">Drag along an axis to pick lines; click on the axis to let them go.</figcaption>'],
  ['slice', ''],
  ['intermediate-values', ''],
] as const;

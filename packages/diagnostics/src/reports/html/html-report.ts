import { complete, DownhillError } from '@downhill/core';
import { escaped, page } from '@downhill/core/page';
import { SCRIPT, SCRIPT_HASH, STYLE } from '../../generated/report-page.ts';
import { pageData } from './page-data.ts';
import type { ReportRun } from './report-run.ts';
import { runDepth, runDetails, runOverview } from './run-details.ts';
import { runsTable } from './runs-table.ts';

/** Options of {@link htmlReport}. */
export interface HtmlReportOptions {
  /** @defaultValue the name of the run, or how many runs there are */
  readonly title?: string;
}

/**
 * A page about one run, or about many runs over one another, as the text of an HTML file.
 *
 * The page holds all that it needs and loads nothing; its content-security policy forbids it. Charts have a switch for the logarithmic scale,
 * smoothing (the debiased moving average of TensorBoard), values under the pointer, a line at a reading's `guide`, and are zoomed by dragging.
 * With several runs there is a table of what they came to and of the settings in which they differ, to sort, filter, hide and single out.
 *
 * `loss` and `val_loss` share a chart, and so do all readings whose names begin with the same part (`gradient norm/0/kernel`).
 *
 * @example
 * const page = htmlReport([{ run: { name: 'first', settings: { seed: 1 } }, readings: [] }]);
 * page.startsWith('<!doctype html>'); // true
 *
 * @throws DownhillError `invalid-argument` without runs or for a picture that is not in the page, `shape-mismatch` for an image whose pixels do
 * not fit its size.
 */
export function htmlReport(runs: readonly ReportRun[], options: HtmlReportOptions = {}): string {
  const { title } = complete('htmlReport', options, { title: runs.length === 1 ? (runs[0]?.run.name ?? '') : `${runs.length} runs` });
  if (runs.length === 0)
    throw new DownhillError({
      code: 'invalid-argument',
      source: 'htmlReport',
      problem: '`runs` must have at least one run, got []',
      advice: 'Read one with readJsonLines.',
    });
  const [run] = runs.length === 1 ? runs : [];
  return page({
    title,
    style: STYLE,
    main: run === undefined ? manyRuns(runs) : `<section>${runOverview(run)}</section>\n${CURVES}\n<section>${runDepth(run, 0)}</section>`,
    script: { code: SCRIPT, hash: SCRIPT_HASH, data: pageData(runs) },
  });
}

const CURVES = `<section id="charts"><h2>Curves</h2>
<div class="tools"><label>Smoothing <input type="range" id="smoothing" min="0" max="0.99" step="0.01" value="0"><output id="smoothing-value">0</output></label>
<label>Across <select id="across"><option value="steps">steps</option><option value="epochs">epochs</option></select></label></div>
<noscript><p>The curves are drawn by the script of this page, which this browser does not run.</p></noscript>
<div id="grid"></div></section>`;

const manyRuns = (runs: readonly ReportRun[]): string => `${runsTable(runs)}
${CURVES}
<section id="pick"><h2>A run in detail</h2><label>Run <select id="run">${runs.map(({ run }, i) => `<option value="${i}">${escaped(run.name)}</option>`).join('')}</select></label></section>
${runs.map(runDetails).join('\n')}`;

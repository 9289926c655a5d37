import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { json } from '@downhill/experiments';
import { projectFolder } from '@downhill/experiments/text';
import { show } from '../report/show.ts';
import { NAME } from './about.ts';
import { convergenceChart } from './chart.ts';
import type { ConvergenceReport } from './report.ts';
import { convergenceText } from './text.ts';

/** Where the last whole run is kept, relative to the project. */
export const RESULT = 'tooling/bench/data/convergence.json';

const PACKAGE = 'packages/optimizers';
const CHART = `docs/${NAME}.svg`;

/** Writes a report to where readers look: its numbers, the chart, the table in the README. @returns the files, relative to the project */
export async function publish(report: ConvergenceReport): Promise<readonly string[]> {
  const files = new Map([
    [RESULT, json(report)],
    [`${PACKAGE}/${CHART}`, await convergenceChart(report)],
  ]);
  for (const [file, text] of files) {
    mkdirSync(dirname(join(projectFolder, file)), { recursive: true });
    writeFileSync(join(projectFolder, file), text);
  }
  const picture = `![Steps to the target: a line a rule, a panel a problem](${CHART})`;
  const key =
    'A dot is the median of the seeds, its bar goes from the fastest to the slowest; a red triangle stands where half of the runs were not there by the last step.';
  const section = [picture, key, convergenceText(report)].join('\n\n');
  return [...files.keys(), show(`${PACKAGE}/README.md`, NAME, section)];
}

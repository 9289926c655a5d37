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
  const section = `![Steps to the target, a dot a rule and a panel a problem](${CHART})\n\n${convergenceText(report)}`;
  return [...files.keys(), show(`${PACKAGE}/README.md`, NAME, section)];
}

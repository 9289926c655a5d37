import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import type { Experiment } from '../experiment.ts';
import { projectFolder } from '../project-folder.ts';
import { betweenMarks } from './between-marks.ts';
import { chart } from './chart.ts';
import { markdown } from './markdown.ts';
import { readmeSection } from './readme.ts';
import type { Report } from './report.ts';

/**
 * Writes a report to where readers look: the whole of it to `docs/experiments`, its table and chart to a package's README.
 *
 * @returns the files written, relative to the project.
 */
export async function publish({ name, shownIn }: Experiment, report: Report, root: string = projectFolder): Promise<readonly string[]> {
  const files = new Map([[`docs/experiments/${name}.md`, markdown(report)]]);
  const [dataSet] = report.dataSets;
  if (shownIn !== undefined && dataSet !== undefined) {
    const [readme, picture] = [`${shownIn}/README.md`, `docs/${name}.svg`];
    const links = { chart: picture, report: relative(shownIn, `docs/experiments/${name}.md`) };
    const before = readFileSync(join(root, readme), 'utf8');
    files.set(`${shownIn}/${picture}`, await chart(dataSet));
    files.set(readme, betweenMarks(before, name, readmeSection(report, dataSet, links)));
  }
  for (const [file, text] of files) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  }
  return [...files.keys()];
}

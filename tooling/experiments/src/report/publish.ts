import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import type { Experiment, TrialResult } from '../experiment.ts';
import { projectFolder } from '../project-folder.ts';
import { betweenMarks } from './between-marks.ts';
import { chart } from './chart.ts';
import { markdown } from './markdown.ts';
import { readmeSection } from './readme.ts';
import type { Report } from './report.ts';

/**
 * Writes a report to where readers look: the whole of it to `docs/experiments`, its table and pictures to a package's README.
 *
 * @returns the files written, relative to the project.
 */
export async function publish(
  experiment: Experiment,
  report: Report,
  results: readonly TrialResult[],
  root: string = projectFolder,
): Promise<readonly string[]> {
  const { name, shownIn, columns = 2 } = experiment;
  const files = new Map([[`docs/experiments/${name}.md`, markdown(report)]]);
  const [dataSet] = report.dataSets;
  if (shownIn !== undefined && dataSet !== undefined) {
    const readme = `${shownIn}/README.md`;
    const own = results.filter(({ trial }) => trial.dataSet === dataSet.name);
    const pictures = [
      { name, alt: `${name}: the arms compared`, svg: await chart(dataSet) },
      ...((await experiment.pictures?.(own)) ?? []),
    ];
    for (const picture of pictures) files.set(`${shownIn}/docs/${picture.name}.svg`, picture.svg);
    const shown = pictures.map(({ name: file, alt }) => `![${alt}](docs/${file}.svg)`);
    const section = readmeSection(report, dataSet, { columns, pictures: shown, details: relative(shownIn, `docs/experiments/${name}.md`) });
    files.set(readme, betweenMarks(readFileSync(join(root, readme), 'utf8'), name, section));
  }
  for (const [file, text] of files) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  }
  return [...files.keys()];
}

import { curvesOf, diagnose } from '@downhill/diagnostics';
import { betweenMarks } from '@downhill/experiments/text';
import type { Drawn } from '../gallery.ts';
import { allSymptoms } from './all-symptoms.ts';
import { sheetSvg } from './sheet-svg.ts';
import type { SymptomRun } from './symptom.ts';

/** The file with the curves, for `npm run doctor`. */
export const RUNS_FILE = 'runs.json';

/** A sheet for each run, in the order of the symptoms, and their curves in one file. */
export function drawn(runs: readonly SymptomRun[]): Drawn {
  const sheets = allSymptoms.flatMap((symptom) =>
    runs
      .filter(({ label }) => label === symptom.finding)
      .map((run) => {
        const diagnosis = diagnose(curvesOf(run));
        const alt = `${symptom.title}. ${symptom.provoked} The doctor: ${diagnosis.finding}, ${Math.round(100 * diagnosis.confidence)} % sure.`;
        return { name: `${symptom.finding.replaceAll('_', '-')}.svg`, svg: sheetSvg(symptom, run, diagnosis), alt };
      }),
  );
  const curves = `{"name":"gallery","runs":[\n${runs.map((run) => JSON.stringify(run)).join(',\n')}\n]}\n`;
  return {
    files: new Map([...sheets.map(({ name, svg }) => [name, svg] as const), [RUNS_FILE, curves]]),
    inReadme: (readme) => betweenMarks(readme, 'gallery', sheets.map(({ name, alt }) => `![${alt}](docs/gallery/${name})`).join('\n\n')),
  };
}

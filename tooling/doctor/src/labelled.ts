import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { curvesFileRuns, type CurvesFileRun, type Finding } from '@downhill/diagnostics';

export interface LabelledRun extends CurvesFileRun {
  readonly label: Finding;
}

const isLabelled = (run: CurvesFileRun): run is LabelledRun => run.label !== undefined;

/** The labelled runs of a file, gzipped or not. */
export function labelledRuns(file: string): readonly LabelledRun[] {
  const bytes = readFileSync(file);
  return curvesFileRuns(JSON.parse(String(file.endsWith('.gz') ? gunzipSync(bytes) : bytes))).filter(isLabelled);
}

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));

/** The reference runs. */
export const referenceFile: string = path('../../golden/data/diagnostics/curves.json');

/** Runs of our own that the weights were fitted on as well, and others that they were not; both made by `provoke`. */
export const provokedTraining: string = path('../data/provoked-training.json.gz');
export const provokedTest: string = path('../data/provoked-test.json.gz');

/** Every third run of a label, in the file's order, is set aside: neither a threshold nor a weight has seen it. */
export function setAside(runs: readonly LabelledRun[]): {
  readonly training: readonly LabelledRun[];
  readonly held: readonly LabelledRun[];
} {
  const place = (run: LabelledRun): number => runs.filter(({ label }) => label === run.label).indexOf(run);
  return { training: runs.filter((run) => place(run) % 3 !== 2), held: runs.filter((run) => place(run) % 3 === 2) };
}

import { curvesFileRuns, curvesOf, diagnose } from '@downhill/diagnostics';
import type { Deviation } from '../../family.ts';

/** The share of labelled runs that the doctor may get wrong. */
const TOLERANCE = 0.05;

/** Real runs, each with one thing done to it: the doctor has to find what. */
export function curvesFile(content: unknown): readonly Deviation[] {
  const labelled = curvesFileRuns(content).filter(({ label }) => label !== undefined);
  const wrong = labelled.filter((run) => diagnose(curvesOf(run)).finding !== run.label);
  const error = labelled.length === 0 ? Number.NaN : wrong.length / labelled.length;
  return [{ error, tolerance: TOLERANCE, where: `${wrong.length} of ${labelled.length} runs taken for something else` }];
}

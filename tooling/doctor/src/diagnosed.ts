import { isDownhillError, DownhillError } from '@downhill/core';
import { curvesOf, diagnose, type CurvesFileRun, type Diagnosis, type Finding } from '@downhill/diagnostics';

/** A run of the file, and what the doctor says of it. */
export interface Diagnosed {
  readonly id: string;
  /** What was done to the run, where the file says so. */
  readonly label: Finding | undefined;
  readonly diagnosis: Diagnosis;
}

/** @throws DownhillError that of `diagnose`, naming the run. */
export function diagnosed(runs: readonly CurvesFileRun[]): readonly Diagnosed[] {
  return runs.map((run, i) => {
    const id = run.id ?? `run ${i + 1}`;
    try {
      return { id, label: run.label, diagnosis: diagnose(curvesOf(run)) };
    } catch (error) {
      if (!isDownhillError(error)) throw error;
      throw new DownhillError({ code: 'data-invalid', source: id, problem: error.message, cause: error });
    }
  });
}

import type { Finding } from '@downhill/diagnostics';
import type { Look } from './provoked-run.ts';

/** What the worker is asked: a run with this symptom. */
export interface DoctorRequest {
  readonly finding: Finding;
  readonly seed: number;
}

/** The run after one more epoch; whether it is over. */
export interface DoctorAnswer {
  readonly look?: Look;
  readonly ended: boolean;
}

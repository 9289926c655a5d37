import type { CurvesFileRun, Finding } from '@downhill/diagnostics';
import type { Settings } from '@downhill/doctor/provoke';

/** A symptom, and what is done to a run to see it. */
export interface Symptom {
  readonly finding: Finding;
  /** What it looks like. */
  readonly title: string;
  /** What was done. */
  readonly provoked: string;
  /** The same as settings: what differs from those that work. */
  readonly change: Partial<Settings>;
}

/** A finished run, as the gallery's file of curves holds it. */
export interface SymptomRun extends CurvesFileRun {
  readonly label: Finding;
  /** The settings in words. */
  readonly how: string;
}

import type { Evidence } from './evidence.ts';

/** What the doctor can find. */
export const FINDINGS = [
  'healthy',
  'bad_initialization',
  'lr_too_high',
  'lr_too_low',
  'lr_decayed_too_early',
  'plateau_needs_decay',
  'overfitting',
  'underfitting',
  'diverged_nan',
  'data_label_noise',
  'not_trained_long_enough',
] as const;

export type Finding = (typeof FINDINGS)[number];

/** One way in which a run can look, and what it means. */
export interface Rule {
  readonly name: string;
  readonly label: Finding;
  /** What is seen, as the end of "the run". */
  readonly symptom: string;
  /** What to do next. */
  readonly advice: string;
  /** What must be so: where it is not, nothing else counts. */
  readonly required?: readonly Evidence[];
  /** What speaks for it. */
  readonly evidence: readonly Evidence[];
}

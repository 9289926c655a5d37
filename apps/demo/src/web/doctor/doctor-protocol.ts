import type { Finding } from '@downhill/diagnostics';
import type { Look } from './provoked-run.ts';

/** What the worker is asked: a run with this symptom; a later request takes the place of an earlier one. */
export interface DoctorRequest {
  readonly id: number;
  readonly finding: Finding;
  readonly seed: number;
}

/** The run after one more epoch, that it is over, or why it could not be made. */
export type DoctorAnswer = { readonly id: number } & (
  | { readonly kind: 'look'; readonly look: Look }
  | { readonly kind: 'end' }
  | { readonly kind: 'problem'; readonly message: string }
);

import type { Rule } from './rule.ts';
import { WEIGHTS } from './weights.ts';

/** NaN is NaN: this needs no weighing against the rest. */
const CERTAIN = { bias: -60, evidence: [120] };
const NONE = { bias: 0, evidence: [] };

/** What a rule's evidence counts. */
export const weightsOf = ({ label, name }: Rule): { readonly bias: number; readonly evidence: readonly number[] } =>
  label === 'diverged_nan' ? CERTAIN : (WEIGHTS[name] ?? NONE);

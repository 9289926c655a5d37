import { checkOneOf, complete } from '@downhill/core';
import { checkedProbabilities, checkOutputs } from '../checks/check-outputs.ts';
import { fillRows, rowOf } from '../checks/rows.ts';
import { logOf, softmax } from '../fitting/softmax.ts';
import type { Outputs } from '../outputs.ts';
import type { ScoreKind } from './calibrator.ts';

/** Options of calibrators and their fits. */
export interface ScoreOptions {
  /** What they are given. @defaultValue 'probabilities' */
  of?: ScoreKind;
}

/** @throws DownhillError `invalid-argument` */
export function checkedKind(source: string, options: ScoreOptions): ScoreKind {
  const { of } = complete(source, options, { of: 'probabilities' });
  checkOneOf(source, 'of', of, ['probabilities', 'logits']);
  return of;
}

/** Scores with a column for each class: logits of one column become [0, z]. @throws DownhillError */
export function checkedScores(source: string, value: Outputs, of: ScoreKind): Outputs {
  if (of === 'probabilities') return checkedProbabilities(source, 'outputs', value, "or take them as they are, with { of: 'logits' }.");
  checkOutputs(source, 'outputs', value);
  if (value.shape[1] > 1) return value;
  return fillRows([value.shape[0], 2], (row, i) => {
    row[1] = value.values[i] ?? 0;
  });
}

/** The logits of scores: of probabilities their logarithms, which softmax turns into them again. */
export const logitsOf = (scores: Outputs, of: ScoreKind): Outputs =>
  of === 'logits' ? scores : { values: Float64Array.from(scores.values, logOf), shape: scores.shape };

/** Each example's log-odds of one class against the others: zₖ − log Σ_{j≠k} exp zⱼ. */
export function logOddsOf(logits: Outputs, k: number): Float64Array {
  const others = new Float64Array(logits.shape[1] - 1);
  return Float64Array.from({ length: logits.shape[0] }, (_, i) => {
    const row = rowOf(logits, i);
    others.set(row.subarray(0, k));
    others.set(row.subarray(k + 1), k);
    return (row[k] ?? 0) - softmax(others);
  });
}

/** The classes that get a curve of their own: of two classes only class 1. */
export const classesWithCurve = (classes: number): readonly number[] =>
  classes === 2 ? [1] : Array.from({ length: classes }, (_, k) => k);

/** Probabilities out of one curve's values a class; of two classes p and 1 − p, of more brought to a sum of 1, where all are 0 equal ones. */
export function oneVersusRest(curves: readonly Float64Array[], shape: Outputs['shape']): Outputs {
  return fillRows(shape, (row, i) => {
    const values = curves.map((curve) => curve[i] ?? 0);
    if (shape[1] === 2) row.set([1 - (values[0] ?? 0), values[0] ?? 0]);
    else {
      const sum = values.reduce((a, b) => a + b, 0);
      row.set(values.map((value) => (sum > 0 ? value / sum : 1 / shape[1])));
    }
  });
}

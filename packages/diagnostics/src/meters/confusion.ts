import { DownhillError } from '@downhill/core';
import { argMax, type Classified } from './classified.ts';

/** Examples by right class (down) and predicted class (across). */
export type Confusion = number[][];

/** Counts examples into a matrix, which is made where there is none yet. */
export function count(matrix: Confusion | undefined, { classes, labels, scores }: Classified): Confusion {
  const counts = matrix ?? Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
  for (let i = 0; i < labels.length; i++) {
    const row = counts[labels[i] ?? 0];
    const predicted = argMax(scores.subarray(i * classes, (i + 1) * classes));
    if (row !== undefined) row[predicted] = (row[predicted] ?? 0) + 1;
  }
  return counts;
}

/** The names of the classes, or their numbers. @throws DownhillError `shape-mismatch` where there are not as many. */
export function namesOf(source: string, classes: number, names: readonly string[] | undefined): readonly string[] {
  const known = names ?? Array.from({ length: classes }, (_, k) => String(k));
  if (known.length === classes) return known;
  throw new DownhillError({ code: 'shape-mismatch', source, problem: `\`classNames\` must name ${classes} classes, got ${known.length}` });
}

/**
 * F1 of each class, 2 TP / (2 TP + FP + FN); NaN for one that is neither a label nor predicted. Their mean over the others is the macro average,
 * and with one prediction an example the micro average is the accuracy (as scikit-learn's `f1_score`).
 */
export function f1(matrix: Confusion): { readonly each: readonly number[]; readonly macro: number; readonly micro: number } {
  const each = matrix.map((row, k) => {
    const right = row[k] ?? 0;
    const labelled = row.reduce((a, b) => a + b, 0);
    const predicted = matrix.reduce((sum, other) => sum + (other[k] ?? 0), 0);
    return (2 * right) / (labelled + predicted);
  });
  const known = each.filter((value) => !Number.isNaN(value));
  const [right, all] = [matrix.reduce((sum, row, k) => sum + (row[k] ?? 0), 0), matrix.flat().reduce((a, b) => a + b, 0)];
  return { each, macro: known.reduce((a, b) => a + b, 0) / known.length, micro: right / all };
}

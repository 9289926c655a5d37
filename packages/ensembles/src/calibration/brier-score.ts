import { checkLabels, type Labels } from '../checks/check-labels.ts';
import { checkedProbabilities } from '../checks/check-outputs.ts';
import { meanOf, rowsOf, type Row } from '../checks/rows.ts';
import type { Outputs } from '../outputs.ts';

/**
 * The Brier score: the squared distance between the probabilities and what happened.
 *
 *     (1/N) Σᵢ Σₖ (pᵢₖ − [yᵢ = k])²
 *
 * From 0 to 2, a proper score. Brier 1950; of two classes it is twice the number that scikit-learn's `brier_score_loss` gives.
 *
 * @example
 * brierScore(outputsFrom([[0.5, 0.5]]), [1]); // 0.5
 *
 * @throws DownhillError as `combine`; `shape-mismatch` and `data-invalid` where the labels do not fit.
 */
export function brierScore(outputs: Outputs, labels: Labels): number {
  const checked = checkedProbabilities('brierScore', 'outputs', outputs);
  checkLabels('brierScore', labels, checked.shape);
  return meanOf(rowsOf(checked).map((row, i) => squaredDistance(row, labels[i] ?? 0)));
}

function squaredDistance(row: Row, label: number): number {
  let sum = 0;
  for (let k = 0; k < row.length; k++) sum += ((row[k] ?? 0) - (k === label ? 1 : 0)) ** 2;
  return sum;
}

import { checkLabels, type Labels } from '../checks/check-labels.ts';
import { checkedProbabilities } from '../checks/check-outputs.ts';
import { largestOf, meanOf, rowsOf } from '../checks/rows.ts';
import type { Outputs } from '../outputs.ts';

/**
 * The share of examples whose most probable class is the right one; of equally probable ones the lowest counts.
 *
 * @example
 * accuracy(outputsFrom([[0.2, 0.8], [0.6, 0.4]]), [1, 1]); // 0.5
 *
 * @throws DownhillError as `combine`; `shape-mismatch` and `data-invalid` where the labels do not fit.
 */
export function accuracy(outputs: Outputs, labels: Labels): number {
  const checked = checkedProbabilities('accuracy', 'outputs', outputs);
  checkLabels('accuracy', labels, checked.shape);
  return meanOf(rowsOf(checked).map((row, i) => (largestOf(row) === labels[i] ? 1 : 0)));
}

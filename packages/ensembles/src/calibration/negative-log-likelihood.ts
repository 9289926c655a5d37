import { log } from '@downhill/core/math';
import { checkLabels, type Labels } from '../checks/check-labels.ts';
import { checkedProbabilities } from '../checks/check-outputs.ts';
import { meanOf, rowsOf } from '../checks/rows.ts';
import { LEAST_PROBABILITY } from '../combining/losses.ts';
import type { Outputs } from '../outputs.ts';

/**
 * The mean of −log p[right class], in nats: the cross-entropy. A proper score: it is best for the true probabilities.
 *
 * A probability below 1e-15 counts as that, as scikit-learn's `log_loss` had it up to 1.2; so the worst is 34.5.
 *
 * @example
 * negativeLogLikelihood(outputsFrom([[0.5, 0.5]]), [1]).toFixed(6); // '0.693147'
 *
 * @throws DownhillError as `combine`; `shape-mismatch` and `data-invalid` where the labels do not fit.
 */
export function negativeLogLikelihood(outputs: Outputs, labels: Labels): number {
  const checked = checkedProbabilities('negativeLogLikelihood', 'outputs', outputs);
  checkLabels('negativeLogLikelihood', labels, checked.shape);
  return meanOf(rowsOf(checked).map((row, i) => -log(Math.max(row[labels[i] ?? 0] ?? 0, LEAST_PROBABILITY))));
}

import { checkLabels, type Labels } from '../checks/check-labels.ts';
import { checkedProbabilities } from '../checks/check-outputs.ts';
import { meanOf, rowsOf } from '../checks/rows.ts';
import type { Outputs } from '../outputs.ts';
import { checkedBinning, gapOf, intoBins, type BinningOptions } from './bins.ts';

/**
 * The class-wise calibration error: for each class its probability against how often it is the right one, mean over the classes. Unlike
 * `expectedCalibrationError` it looks at all probabilities, not only at the largest.
 *
 *     (1/K) Σₖ Σ_b (n_bₖ / N) |share of class k in b − mean pₖ in b|
 *
 * Kull et al. 2019, section 2 (arXiv:1910.12656); Nixon et al. 2019's static calibration error.
 *
 * @example
 * classwiseCalibrationError(outputsFrom([[0.25, 0.75], [0.25, 0.75]]), [1, 1]); // 0.25
 *
 * @throws DownhillError as `reliabilityDiagram`
 */
export function classwiseCalibrationError(outputs: Outputs, labels: Labels, options: BinningOptions = {}): number {
  const binning = checkedBinning('classwiseCalibrationError', options);
  const checked = checkedProbabilities('classwiseCalibrationError', 'outputs', outputs);
  checkLabels('classwiseCalibrationError', labels, checked.shape);
  const rows = rowsOf(checked);
  const gapOfClass = (k: number): number =>
    gapOf(
      intoBins(
        rows.map((row, i) => ({ confidence: row[k] ?? 0, right: labels[i] === k })),
        binning,
      ),
    );
  return meanOf(Array.from({ length: checked.shape[1] }, (_, k) => gapOfClass(k)));
}

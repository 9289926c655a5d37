import type { Labels } from '../checks/check-labels.ts';
import type { Outputs } from '../outputs.ts';
import type { BinningOptions } from './bins.ts';
import { diagramOf } from './reliability-diagram.ts';

/**
 * The expected calibration error (ECE): how far confidence (the largest probability) and accuracy lie apart, bin by bin.
 *
 *     Σ_b (n_b / N) |accuracy_b − confidence_b|
 *
 * Naeini et al. 2015; Guo et al. 2017, equation 3 (arXiv:1706.04599). With `binning: 'equalMass'` the adaptive one of Nguyen & O'Connor 2015,
 * which does not hang on a few crowded bins. It falls and rises with the number of bins: compare numbers made with one.
 *
 * @example
 * expectedCalibrationError(outputsFrom([[0.25, 0.75], [0.75, 0.25]]), [1, 1]); // 0.25
 *
 * @throws DownhillError as `reliabilityDiagram`
 */
export function expectedCalibrationError(outputs: Outputs, labels: Labels, options: BinningOptions = {}): number {
  return diagramOf('expectedCalibrationError', outputs, labels, options).ece;
}

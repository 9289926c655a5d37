import type { Labels } from '../checks/check-labels.ts';
import type { Outputs } from '../outputs.ts';
import type { BinningOptions } from './bins.ts';
import { diagramOf } from './reliability-diagram.ts';

/**
 * The maximum calibration error (MCE): the largest gap between accuracy and confidence of a bin. A bin of few examples can make it large.
 *
 *     max_b |accuracy_b − confidence_b|
 *
 * Naeini et al. 2015; Guo et al. 2017, equation 5 (arXiv:1706.04599).
 *
 * @example
 * maximumCalibrationError(outputsFrom([[0.25, 0.75], [0.75, 0.25]]), [1, 1]); // 0.25
 *
 * @throws DownhillError as `reliabilityDiagram`
 */
export function maximumCalibrationError(outputs: Outputs, labels: Labels, options: BinningOptions = {}): number {
  return diagramOf('maximumCalibrationError', outputs, labels, options).mce;
}

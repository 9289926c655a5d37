import { DownhillError, show } from '@downhill/core';
import { asGiven } from '../checks/class-columns.ts';
import type { Outputs } from '../outputs.ts';
import { isCalibrator, type Calibrator } from './calibrator.ts';
import { checkedScores } from './scores.ts';

/**
 * Applies what was fitted on validation data to other outputs. A binary head's one column comes back as one.
 *
 * @example
 * const sure = outputsFrom([[0.9, 0.1]]);
 * calibrate(sure, temperature(2)).values[0].toFixed(6); // '0.750000'
 *
 * @throws DownhillError `invalid-argument` where it is no calibrator, `shape-mismatch` where it was fitted for other classes, `data-invalid` for
 * logits where probabilities are taken, `non-finite` for NaN.
 */
export function calibrate(outputs: Outputs, calibrator: Calibrator): Outputs {
  if (!isCalibrator(calibrator))
    throw new DownhillError({
      code: 'invalid-argument',
      source: 'calibrate',
      problem: `\`calibrator\` must be a calibrator, got ${show(calibrator)}`,
      advice: 'Pass temperature(1.5) or what fitTemperature, fitVectorScaling, fitPlatt or fitIsotonic gave.',
    });
  return asGiven(calibrator.apply(checkedScores(calibrator.name, outputs, calibrator.of)), outputs.shape[1]);
}

/** @throws DownhillError `shape-mismatch` where a calibrator has parameters for other classes. */
export function checkCurves(source: string, curves: number, expected: number, classes: number): void {
  if (curves === expected) return;
  throw new DownhillError({
    code: 'shape-mismatch',
    source,
    problem: `has parameters for ${curves} classes, but outputs of ${classes} classes take ${expected}`,
    advice: 'Fit it on outputs with the same classes.',
  });
}

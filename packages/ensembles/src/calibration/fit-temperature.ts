import { checkLabels, type Labels } from '../checks/check-labels.ts';
import { rowsOf } from '../checks/rows.ts';
import { rootBetween, type Slope } from '../fitting/root-between.ts';
import { softmax } from '../fitting/softmax.ts';
import type { Outputs } from '../outputs.ts';
import type { Calibrator } from './calibrator.ts';
import { checkedKind, checkedScores, logitsOf, type ScoreOptions } from './scores.ts';
import { temperature } from './temperature.ts';

/** A temperature is looked for from 1 / this to this. */
const LIMIT = 100;

/**
 * Finds the {@link temperature} with the lowest negative log-likelihood on validation data, to rounding: in 1 / T it is convex, so its slope has
 * one zero. Between 0.01 and 100; an end of it is given where all examples are predicted right, or no better than by chance.
 *
 * @example
 * const outputs = outputsFrom([[0.9, 0.1], [0.9, 0.1], [0.1, 0.9], [0.1, 0.9]]);
 * calibrate(outputs, fitTemperature(outputs, [0, 0, 0, 1])).values[0].toFixed(6); // '0.750000'
 *
 * @throws DownhillError as `calibrate`; `shape-mismatch` and `data-invalid` where the labels do not fit.
 */
export function fitTemperature(outputs: Outputs, labels: Labels, options: ScoreOptions = {}): Calibrator {
  const of = checkedKind('fitTemperature', options);
  const scores = checkedScores('fitTemperature', outputs, of);
  checkLabels('fitTemperature', labels, scores.shape);
  const rows = rowsOf(logitsOf(scores, of));
  return temperature(1 / rootBetween((inverse) => slopeAt(rows, labels, inverse), 1 / LIMIT, LIMIT), { of });
}

/** The derivatives of Σ −log p[y] by b = 1 / T: Σ (E z − z[y]) and Σ Var z, over p = softmax(b z). */
function slopeAt(rows: readonly ArrayLike<number>[], labels: Labels, inverse: number): Slope {
  let [value, slope] = [0, 0];
  rows.forEach((z, i) => {
    const p = Float64Array.from(z, (logit) => logit * inverse);
    softmax(p);
    const mean = p.reduce((sum, pk, k) => sum + pk * (z[k] ?? 0), 0);
    value += mean - (z[labels[i] ?? 0] ?? 0);
    slope += p.reduce((sum, pk, k) => sum + pk * ((z[k] ?? 0) - mean) ** 2, 0);
  });
  return { value, slope };
}

import { exp, log } from '@downhill/core/math';
import { checkLabels, type Labels } from '../checks/check-labels.ts';
import { minimize } from '../fitting/minimize.ts';
import type { Outputs } from '../outputs.ts';
import type { Calibrator } from './calibrator.ts';
import { platt } from './platt.ts';
import { checkedKind, checkedScores, classesWithCurve, logitsOf, logOddsOf, type ScoreOptions } from './scores.ts';

/**
 * Fits {@link platt} on validation data: the sigmoid with the lowest cross-entropy towards targets that are held off 0 and 1.
 *
 *     t = (N₊ + 1) / (N₊ + 2) for the class, 1 / (N₋ + 2) for the others
 *
 * Platt 1999, section 2.2; by L-BFGS, to a mean gradient of 1e-10.
 *
 * @example
 * const outputs = outputsFrom([[0.9], [0.8], [0.2], [0.4]]);
 * fitPlatt(outputs, [1, 1, 0, 0]).config.slopes.length; // 1
 *
 * @throws DownhillError as `calibrate`; `shape-mismatch` and `data-invalid` where the labels do not fit.
 */
export function fitPlatt(outputs: Outputs, labels: Labels, options: ScoreOptions = {}): Calibrator {
  const of = checkedKind('fitPlatt', options);
  const scores = checkedScores('fitPlatt', outputs, of);
  checkLabels('fitPlatt', labels, scores.shape);
  const logits = logitsOf(scores, of);
  const fitted = classesWithCurve(scores.shape[1]).map((k) => fitSigmoid(logOddsOf(logits, k), (i) => labels[i] === k));
  return platt({ slopes: fitted.map(({ A }) => A), offsets: fitted.map(({ B }) => B), of });
}

function fitSigmoid(scores: Float64Array, isPositive: (i: number) => boolean): { readonly A: number; readonly B: number } {
  const positives = scores.filter((_, i) => isPositive(i)).length;
  const negatives = scores.length - positives;
  const targets = scores.map((_, i) => (isPositive(i) ? (positives + 1) / (positives + 2) : 1 / (negatives + 2)));
  const found = minimize(
    ([A = 0, B = 0]) => {
      const gradient = new Float64Array(2);
      let value = 0;
      scores.forEach((s, i) => {
        const [f, t] = [A * s + B, targets[i] ?? 0];
        value += (log(1 + exp(-Math.abs(f))) + Math.max(f, 0) - (1 - t) * f) / scores.length;
        const difference = (t - 1 / (1 + exp(f))) / scores.length;
        gradient[0] = (gradient[0] ?? 0) + difference * s;
        gradient[1] = (gradient[1] ?? 0) + difference;
      });
      return { value, gradient };
    },
    Float64Array.of(0, log((negatives + 1) / (positives + 1))),
  );
  return { A: found[0] ?? 0, B: found[1] ?? 0 };
}

import { checkLabels, type Labels } from '../checks/check-labels.ts';
import { rowOf } from '../checks/rows.ts';
import { minimize, type Evaluation } from '../fitting/minimize.ts';
import { softmax } from '../fitting/softmax.ts';
import type { Outputs } from '../outputs.ts';
import type { Calibrator } from './calibrator.ts';
import { checkedKind, checkedScores, logitsOf, type ScoreOptions } from './scores.ts';
import { vectorScaling } from './vector-scaling.ts';

/**
 * Finds the {@link vectorScaling} with the lowest negative log-likelihood on validation data, from w = 1 and b = 0 by L-BFGS, to a mean gradient
 * of 1e-10. It has two numbers a class, so give it some hundred examples of each; of few it learns the noise, where `fitTemperature` does not.
 *
 * @example
 * const outputs = outputsFrom([[0.9, 0.1], [0.9, 0.1], [0.1, 0.9], [0.1, 0.9]]);
 * calibrate(outputs, fitVectorScaling(outputs, [0, 1, 0, 1])).values[0].toFixed(6); // '0.500000'
 *
 * @throws DownhillError as `calibrate`; `shape-mismatch` and `data-invalid` where the labels do not fit.
 */
export function fitVectorScaling(outputs: Outputs, labels: Labels, options: ScoreOptions = {}): Calibrator {
  const of = checkedKind('fitVectorScaling', options);
  const scores = checkedScores('fitVectorScaling', outputs, of);
  checkLabels('fitVectorScaling', labels, scores.shape);
  const logits = logitsOf(scores, of);
  const classes = scores.shape[1];
  const start = new Float64Array(2 * classes).fill(1, 0, classes);
  const found = minimize((point) => evaluate(logits, labels, point), start);
  return vectorScaling({ weights: [...found.subarray(0, classes)], biases: [...found.subarray(classes)], of });
}

function evaluate(logits: Outputs, labels: Labels, point: Float64Array): Evaluation {
  const [examples, classes] = logits.shape;
  const gradient = new Float64Array(point.length);
  const p = new Float64Array(classes);
  let value = 0;
  for (let i = 0; i < examples; i++) {
    const z = rowOf(logits, i);
    const label = labels[i] ?? 0;
    z.forEach((logit, k) => (p[k] = (point[k] ?? 0) * logit + (point[classes + k] ?? 0)));
    const right = p[label] ?? 0;
    value += (softmax(p) - right) / examples;
    p.forEach((pk, k) => {
      const difference = (pk - (k === label ? 1 : 0)) / examples;
      gradient[k] = (gradient[k] ?? 0) + difference * (z[k] ?? 0);
      gradient[classes + k] = (gradient[classes + k] ?? 0) + difference;
    });
  }
  return { value, gradient };
}

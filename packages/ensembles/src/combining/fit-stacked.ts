import { checkNumber, complete } from '@downhill/core';
import { checkLabels, type Labels } from '../checks/check-labels.ts';
import { checkedMembers } from '../checks/check-members.ts';
import { rowOf, type Row } from '../checks/rows.ts';
import { minimize, type Evaluation } from '../fitting/minimize.ts';
import { softmax } from '../fitting/softmax.ts';
import type { Outputs } from '../outputs.ts';
import type { Combiner } from './combiner.ts';
import { firstScored, metaFeatures } from './meta-features.ts';
import { stacked } from './stacked.ts';

/** Options of {@link fitStacked}. */
export interface FitStackedOptions {
  /** Inverse strength of the pull to 0, above 0. @defaultValue 1 (scikit-learn's `LogisticRegression`) */
  C?: number;
}

/**
 * Fits {@link stacked}, on predictions for examples that the members were not trained on: those of {@link outOfFold}, or of a validation
 * set. On the members' own training data it would trust whichever overfits most.
 *
 *     minimize  Σᵢ −log pᵢ[yᵢ] + ‖W‖² / (2 C)
 *
 * The intercepts are free. scikit-learn's `LogisticRegression` as in its `StackingClassifier`; by L-BFGS, to a mean gradient of 1e-10.
 *
 * @example
 * const members = [outputsFrom([[0.9, 0.1], [0.2, 0.8], [0.6, 0.4]])];
 * const fitted = fitStacked(members, [0, 1, 0], { C: 10 });
 * [...predictedClasses(combine(members, fitted))]; // [0, 1, 0]
 *
 * @throws DownhillError as `combine`; `shape-mismatch` and `data-invalid` where the labels do not fit, `invalid-argument` for `C`.
 */
export function fitStacked(members: readonly Outputs[], labels: Labels, options: FitStackedOptions = {}): Combiner {
  const { C } = complete('fitStacked', options, { C: 1 });
  checkNumber('fitStacked', { C }, { above: 0 });
  const checked = checkedMembers('fitStacked', members, 'probabilities');
  const [examples, classes] = checked[0]?.shape ?? [0, 0];
  checkLabels('fitStacked', labels, [examples, classes]);
  const features = metaFeatures(checked);
  const rows = classes - firstScored(classes);
  const width = features.shape[1];
  const problem = { features, labels, classes, pull: 1 / (C * examples) };
  const found = minimize((point) => evaluate(problem, point), new Float64Array(rows * (width + 1)));
  return stacked({
    coefficients: Array.from({ length: rows }, (_, k) => [...found.subarray(k * (width + 1), k * (width + 1) + width)]),
    intercepts: Array.from({ length: rows }, (_, k) => found[k * (width + 1) + width] ?? 0),
  });
}

interface Problem {
  readonly features: Outputs;
  readonly labels: Labels;
  readonly classes: number;
  /** Of ½‖W‖², where the cross-entropy is a mean. */
  readonly pull: number;
}

/** The mean objective. A class's coefficients and then its intercept lie side by side in `point`. */
function evaluate({ features, labels, classes, pull }: Problem, point: Float64Array): Evaluation {
  const [examples, width] = features.shape;
  const first = firstScored(classes);
  const stride = width + 1;
  const gradient = new Float64Array(point.length);
  const p = new Float64Array(classes);
  let value = 0;
  for (let i = 0; i < examples; i++) {
    const x = rowOf(features, i);
    const label = labels[i] ?? 0;
    p.forEach((_, k) => (p[k] = k < first ? 0 : score(point, (k - first) * stride, x)));
    const logit = p[label] ?? 0;
    value += (softmax(p) - logit) / examples;
    for (let k = first; k < classes; k++) addScaled(gradient, (k - first) * stride, x, ((p[k] ?? 0) - (k === label ? 1 : 0)) / examples);
  }
  point.forEach((weight, j) => {
    if (j % stride === width) return;
    value += 0.5 * pull * weight * weight;
    gradient[j] = (gradient[j] ?? 0) + pull * weight;
  });
  return { value, gradient };
}

function score(point: Float64Array, from: number, x: Row): number {
  let sum = point[from + x.length] ?? 0;
  for (let j = 0; j < x.length; j++) sum += (point[from + j] ?? 0) * (x[j] ?? 0);
  return sum;
}

function addScaled(into: Float64Array, from: number, x: Row, factor: number): void {
  for (let j = 0; j < x.length; j++) into[from + j] = (into[from + j] ?? 0) + factor * (x[j] ?? 0);
  into[from + x.length] = (into[from + x.length] ?? 0) + factor;
}

import { checkNumber, DownhillError, show } from '@downhill/core';
import { fillRows, rowOf } from '../checks/rows.ts';
import { softmax } from '../fitting/softmax.ts';
import { combiner, type Combiner } from './combiner.ts';
import { firstScored, metaFeatures } from './meta-features.ts';

/** A logistic model over the members' probabilities: what {@link fitStacked} finds. */
export interface StackedOptions {
  /** `[classes][members · classes]`; of two classes `[1][members]`, the weights of their probabilities of class 1. */
  coefficients: readonly (readonly number[])[];
  /** One a row of the coefficients. */
  intercepts: readonly number[];
}

/**
 * Stacking: a logistic model reads the probabilities of all members.
 *
 *     p = softmax(W x + b)    x: the members' probabilities side by side
 *
 * Of two classes `p₁ = sigmoid(w · x + b)`, with x the members' probabilities of class 1. Wolpert 1992; scikit-learn's
 * `StackingClassifier`.
 *
 * @example
 * const members = [outputsFrom([[0.5, 0.5]]), outputsFrom([[0.25, 0.75]])];
 * combine(members, stacked({ coefficients: [[0, 0]], intercepts: [0] })).values[1]; // 0.5
 *
 * @throws DownhillError `invalid-argument`; `combine` throws `shape-mismatch` for more or fewer members or classes than it was made for.
 */
export function stacked({ coefficients, intercepts }: StackedOptions): Combiner {
  check(coefficients, intercepts);
  return combiner({
    name: 'stacked',
    config: { coefficients: coefficients.map((row) => Object.freeze([...row])), intercepts: Object.freeze([...intercepts]) },
    of: 'probabilities',
    combine(members) {
      const features = metaFeatures(members);
      const [examples, classes] = members[0]?.shape ?? [0, 0];
      const first = firstScored(classes);
      if (coefficients.length !== classes - first || coefficients[0]?.length !== features.shape[1])
        throw new DownhillError({
          code: 'shape-mismatch',
          source: 'stacked',
          problem: `the coefficients are [${coefficients.length}, ${coefficients[0]?.length}], but ${members.length} members of ${classes} classes take [${classes - first}, ${features.shape[1]}]`,
          advice: 'Pass the members that the stack was fitted on, in their order.',
        });
      return fillRows([examples, classes], (row, i) => {
        const x = rowOf(features, i);
        coefficients.forEach((w, k) => (row[k + first] = w.reduce((sum, weight, j) => sum + weight * (x[j] ?? 0), intercepts[k] ?? 0)));
        softmax(row);
      });
    },
  });
}

function check(coefficients: unknown, intercepts: unknown): void {
  const isTable =
    Array.isArray(coefficients) &&
    coefficients.length > 0 &&
    coefficients.every((row: unknown) => Array.isArray(row) && row.length === (coefficients[0] as unknown[]).length);
  if (!isTable || !Array.isArray(intercepts) || intercepts.length !== coefficients.length)
    throw new DownhillError({
      code: 'invalid-argument',
      source: 'stacked',
      problem: `\`coefficients\` must be rows of one length and \`intercepts\` one number a row, got ${show({ coefficients, intercepts })}`,
      advice: 'fitStacked(members, labels) finds them.',
    });
  (coefficients as unknown[][]).forEach((row, k) =>
    row.forEach((value, j) => checkNumber('stacked', { [`coefficients[${k}][${j}]`]: value })),
  );
  intercepts.forEach((value: unknown, k) => checkNumber('stacked', { [`intercepts[${k}]`]: value }));
}

import { checkOneOf, DownhillError } from '@downhill/core';
import type { Outputs } from '../outputs.ts';
import { checkOutputs, mismatch, outOfBag, type OutOfBag } from './out-of-bag.ts';
import type { EnsemblePlan } from './plan.ts';

/** How good a bagged ensemble is, told without other data. */
export interface OutOfBagEstimate extends OutOfBag {
  /** Of classes the accuracy; of values R², the share of their variance that is explained. Of `rows` alone. */
  readonly score: number;
}

/** Options of {@link outOfBagEstimate}. */
export interface OutOfBagEstimateOptions {
  readonly plan: EnsemblePlan;
  /** Of every member, for all examples of the training set. */
  readonly outputs: readonly Outputs[];
  /** Class numbers, one an example; of a regression the values, laid out as the outputs are. */
  readonly targets: ArrayLike<number>;
  /** @defaultValue 'classification' */
  readonly task?: 'classification' | 'regression';
}

/**
 * A bagged ensemble judged on its own training set, each example by the members that have not seen it: nearly as good as a test set of its
 * size, and for free (Breiman 1996, "Out-of-bag estimation"; scikit-learn's `oob_score_`, with its scores).
 *
 * @example
 * const plan = bagging({ examples: 2, members: 1, draws: 1 });
 * const outputs = [{ values: new Float32Array([0.9, 0.1, 0.2, 0.8]), shape: [2, 2] }];
 * outOfBagEstimate({ plan, outputs, targets: [0, 1] }).score; // 1
 *
 * @throws DownhillError as `outOfBag`; `shape-mismatch` for targets that are not as many; `data-invalid` where every member has seen
 * all examples.
 */
export function outOfBagEstimate({ plan, outputs, targets, task = 'classification' }: OutOfBagEstimateOptions): OutOfBagEstimate {
  checkOneOf('outOfBagEstimate', 'task', task, ['classification', 'regression']);
  const [examples, width] = checkOutputs(plan, outputs);
  const wanted = task === 'classification' ? examples : examples * width;
  if (targets.length !== wanted) throw mismatch('outOfBagEstimate', `\`targets\` must hold ${wanted} numbers, got ${targets.length}`);
  const found = outOfBag(plan, outputs);
  if (found.rows.length === 0)
    throw new DownhillError({
      code: 'data-invalid',
      source: 'outOfBagEstimate',
      problem: 'every member has seen all examples: there is nothing to judge them by',
      advice: 'Draw fewer examples, or train more members.',
    });
  return { ...found, score: task === 'classification' ? accuracyOf(found, targets) : explained(found, targets) };
}

function accuracyOf({ outputs: { values, shape }, rows }: OutOfBag, labels: ArrayLike<number>): number {
  const width = shape[1];
  const right = rows.filter((row, at) => {
    const scores = values.subarray(at * width, (at + 1) * width);
    return scores.indexOf(Math.max(...scores)) === labels[row];
  });
  return right.length / rows.length;
}

/** R² of each column, averaged. */
function explained({ outputs: { values, shape }, rows }: OutOfBag, targets: ArrayLike<number>): number {
  const width = shape[1];
  const columns = Array.from({ length: width }, (_, column) => {
    const wanted = Array.from(rows, (row) => targets[row * width + column] ?? Number.NaN);
    const mean = wanted.reduce((sum, value) => sum + value, 0) / wanted.length;
    const squares = (differences: readonly number[]): number => differences.reduce((sum, difference) => sum + difference * difference, 0);
    const left = squares(wanted.map((value, at) => value - (values[at * width + column] ?? Number.NaN)));
    return 1 - left / squares(wanted.map((value) => value - mean));
  });
  return columns.reduce((sum, value) => sum + value, 0) / width;
}

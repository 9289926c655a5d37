import { checkNumber, complete, DownhillError, randomStream, streamKey } from '@downhill/core';
import { checkOutputs } from '../checks/check-outputs.ts';
import { rowOf } from '../checks/rows.ts';
import type { Labels } from '../checks/check-labels.ts';
import type { Outputs } from '../outputs.ts';

/** Options of {@link outOfFold}. */
export interface OutOfFoldOptions {
  /** Parts that the examples are split into: at least 2, at most as many as there are examples. @defaultValue 5 (scikit-learn's `StackingClassifier`) */
  folds?: number;
  /** @defaultValue 0 */
  seed?: number;
  /** With the right classes, each fold gets its share of every class (scikit-learn's `StratifiedKFold`). */
  labels?: Labels;
}

/** One of the rounds of {@link outOfFold}. */
export interface Fold {
  /** From 0 on. */
  readonly fold: number;
  /** The numbers of the examples to train on, rising. */
  readonly train: Int32Array;
  /** The numbers of the examples to predict, rising. */
  readonly held: Int32Array;
}

/**
 * One member's predictions for all examples, each by a model that did not see it: for every fold a model is trained on the other folds and
 * predicts this one. What stacking is to be fitted on (Wolpert 1992; scikit-learn's `cross_val_predict`). The same seed gives the same
 * folds, so each member is asked about the same ones. One fold at a time.
 *
 * @param examples How many there are, at least 2.
 * @param predict Trains on `train` and predicts the examples `held`, in their order.
 *
 * @example
 * const outputs = await outOfFold(4, ({ held }) => outputsFrom([...held].map((i) => [i])), { folds: 2 });
 * [...outputs.values]; // [0, 1, 2, 3]
 *
 * @throws DownhillError `invalid-argument`; `shape-mismatch` where a prediction has not one row for each example held, or another width.
 */
export async function outOfFold(
  examples: number,
  predict: (fold: Fold) => Outputs | Promise<Outputs>,
  options: OutOfFoldOptions = {},
): Promise<Outputs> {
  const { folds, seed, labels } = complete('outOfFold', options, { folds: 5, seed: 0, labels: undefined });
  checkNumber('outOfFold', { examples }, { min: 2, integer: true });
  checkNumber('outOfFold', { folds }, { min: 2, max: examples, integer: true });
  checkNumber('outOfFold', { seed }, { integer: true });
  if (labels !== undefined && labels.length !== examples)
    throw new DownhillError({
      code: 'shape-mismatch',
      source: 'outOfFold',
      problem: `\`labels\` must be one an example (${examples}), got ${labels.length}`,
    });
  const foldOf = assign({ examples, folds, seed, labels });
  let gathered: { readonly values: Float64Array; readonly width: number } | undefined;
  for (let fold = 0; fold < folds; fold++) {
    const rows = Int32Array.from({ length: examples }, (_, i) => i);
    const [train, held] = [rows.filter((i) => foldOf[i] !== fold), rows.filter((i) => foldOf[i] === fold)];
    const outputs = await predict({ fold, train, held });
    checkOutputs('outOfFold', `the prediction of fold ${fold}`, outputs);
    gathered ??= { values: new Float64Array(examples * outputs.shape[1]), width: outputs.shape[1] };
    const { values, width } = gathered;
    if (outputs.shape[0] !== held.length || outputs.shape[1] !== width)
      throw new DownhillError({
        code: 'shape-mismatch',
        source: 'outOfFold',
        problem: `the prediction of fold ${fold} must have the shape [${held.length}, ${width}], got [${outputs.shape.join(', ')}]`,
        advice: 'Predict the examples of `held`, one row each.',
      });
    held.forEach((example, i) => values.set(rowOf(outputs, i), example * width));
  }
  return { values: gathered?.values ?? new Float64Array(), shape: [examples, gathered?.width ?? 0] };
}

/** Each example's fold. Shuffled examples are dealt out in turn; with labels one class after the other. */
function assign({
  examples,
  folds,
  seed,
  labels,
}: {
  examples: number;
  folds: number;
  seed: number;
  labels: Labels | undefined;
}): Int32Array {
  const shuffled = randomStream(streamKey(seed, 'outOfFold')).permutation(examples);
  const dealt = labels === undefined ? shuffled : shuffled.toSorted((a, b) => (labels[a] ?? 0) - (labels[b] ?? 0));
  const foldOf = new Int32Array(examples);
  dealt.forEach((example, place) => (foldOf[example] = place % folds));
  return foldOf;
}

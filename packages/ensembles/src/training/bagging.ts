import { checkNumber, complete, streamKey } from '@downhill/core';
import { bootstrapRows } from './bootstrap.ts';
import { ensemblePlan, type EnsemblePlan } from './plan.ts';

/** Options of {@link bagging}; defaults from scikit-learn's `BaggingClassifier`. */
export interface BaggingOptions {
  /** Examples of the training set. */
  readonly examples: number;
  /** How many members. @defaultValue 10 */
  readonly members?: number;
  /** Examples that each member draws, with replacement. @defaultValue as many as there are */
  readonly draws?: number;
  /** What the samples and the members' seeds are drawn from. @defaultValue 0 */
  readonly seed?: number;
}

/**
 * Members that learn from samples of the training set, drawn with replacement: bootstrap aggregating (Breiman 1996, "Bagging predictors",
 * Machine Learning 24). What a member has not seen judges it: `outOfBagEstimate`.
 *
 * @example
 * bagging({ examples: 100, members: 3 }).member(0).rows.length; // 100
 *
 * @throws DownhillError `invalid-argument` for numbers that are not whole, or below 1.
 */
export function bagging(options: BaggingOptions): EnsemblePlan {
  const defaults = { examples: undefined as unknown as number, members: 10, draws: options?.examples, seed: 0 };
  const { examples, members, draws, seed } = complete('bagging', options, defaults);
  checkNumber('bagging', { examples, members, draws }, { min: 1, integer: true });
  checkNumber('bagging', { seed }, { integer: true });
  return ensemblePlan({
    name: 'bagging',
    config: { examples, draws, seed },
    size: members,
    seed,
    member: (index) => ({ rows: bootstrapRows(streamKey(seed, 'bootstrap', index), examples, draws) }),
  });
}

import { checkOneOf, complete } from '@downhill/core';
import type { OutputKind } from '../checks/check-members.ts';
import { combiner, type Combiner } from './combiner.ts';
import { mixture } from './mixture.ts';
import { sharesOf } from './weights.ts';

/** Options of combiners for classes and values alike. */
export interface KindOptions {
  /** What the members put out: probabilities of classes, or values of a regression. @defaultValue 'probabilities' */
  of?: OutputKind;
}

/** The kinds that there are. */
export const KINDS: readonly OutputKind[] = ['probabilities', 'values'];

/**
 * The mean of the members' probabilities (the soft vote) or values.
 *
 *     p = (1/M) Σ pₘ
 *
 * scikit-learn's `VotingClassifier(voting='soft')` and `VotingRegressor`; what Lakshminarayanan et al. 2017 (arXiv:1612.01474) do with a
 * deep ensemble.
 *
 * @example
 * const members = [outputsFrom([[10]]), outputsFrom([[20]])];
 * combine(members, mean({ of: 'values' })).values[0]; // 15
 *
 * @throws DownhillError `invalid-argument`
 */
export function mean(options: KindOptions = {}): Combiner {
  const { of } = complete('mean', options, { of: 'probabilities' });
  checkOneOf('mean', 'of', of, KINDS);
  return combiner({
    name: 'mean',
    config: { of },
    of,
    combine: (members) => mixture(members, sharesOf('mean', undefined, members.length), of),
  });
}

import { checkOneOf, complete } from '@downhill/core';
import { combiner, type Combiner } from './combiner.ts';
import { KINDS, type KindOptions } from './mean.ts';
import { mixture } from './mixture.ts';
import { checkedWeights, sharesOf } from './weights.ts';

/**
 * The weighted mean of the members' probabilities or values.
 *
 *     p = Σ wₘ pₘ / Σ wₘ
 *
 * scikit-learn's `VotingClassifier(weights=...)`. `fitWeighted` finds weights on validation data, `selectMembers` whole ones.
 *
 * @param weights One a member, in the members' order: at least 0, not all 0.
 *
 * @example
 * const members = [outputsFrom([[0.5, 0.5]]), outputsFrom([[0.25, 0.75]])];
 * [...combine(members, weighted([3, 1])).values]; // [0.4375, 0.5625]
 *
 * @throws DownhillError `invalid-argument`
 */
export function weighted(weights: readonly number[], options: KindOptions = {}): Combiner {
  const checked = checkedWeights('weighted', weights);
  const { of } = complete('weighted', options, { of: 'probabilities' });
  checkOneOf('weighted', 'of', of, KINDS);
  return combiner({
    name: 'weighted',
    config: [checked, { of }],
    of,
    combine: (members) => mixture(members, sharesOf('weighted', checked, members.length), of),
  });
}

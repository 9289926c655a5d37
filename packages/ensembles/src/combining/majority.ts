import { complete } from '@downhill/core';
import { fillRows, largestOf, normalize, rowOf } from '../checks/rows.ts';
import { combiner, type Combiner } from './combiner.ts';
import type { WeightsOptions } from './geometric.ts';
import { checkedWeights, sharesOf } from './weights.ts';

/**
 * The members vote: each for its most probable class, of equally probable ones the lowest. What comes out are the shares of the votes.
 *
 *     pₖ = Σ wₘ [k = argmax pₘ] / Σ wₘ
 *
 * The class with most votes is the largest share, on a tie the lowest class, as `predictedClasses` reads it and scikit-learn's
 * `VotingClassifier(voting='hard')` does. Values of a regression have no classes to vote for: take `median({ of: 'values' })`.
 *
 * @example
 * const members = [outputsFrom([[0.9, 0.1]]), outputsFrom([[0.4, 0.6]]), outputsFrom([[0.3, 0.7]]), outputsFrom([[0.6, 0.4]])];
 * [...combine(members, majority()).values]; // [0.5, 0.5]
 * [...predictedClasses(combine(members, majority()))]; // [0]
 *
 * @throws DownhillError `invalid-argument`
 */
export function majority(options: WeightsOptions = {}): Combiner {
  const { weights } = complete('majority', options, { weights: undefined });
  const checked = weights === undefined ? undefined : checkedWeights('majority', weights);
  return combiner({
    name: 'majority',
    config: checked === undefined ? {} : { weights: checked },
    of: 'probabilities',
    combine(members) {
      if (checked !== undefined) sharesOf('majority', checked, members.length);
      return fillRows(members[0]?.shape ?? [0, 0], (row, i) => {
        members.forEach((member, m) => {
          const voted = largestOf(rowOf(member, i));
          row[voted] = (row[voted] ?? 0) + (checked?.[m] ?? 1); // whole weights are counted exactly, so that a tie is one
        });
        normalize(row);
      });
    },
  });
}

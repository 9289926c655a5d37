import { complete } from '@downhill/core';
import { fillRows, rowOf } from '../checks/rows.ts';
import { logOf, softmax } from '../fitting/softmax.ts';
import { combiner, type Combiner } from './combiner.ts';
import { mixture } from './mixture.ts';
import { checkedWeights, sharesOf } from './weights.ts';

/** Options of combiners that weigh their members only if asked to. */
export interface WeightsOptions {
  /** One a member: at least 0, not all 0. @defaultValue all equal */
  weights?: readonly number[];
}

/**
 * The geometric mean of the members' probabilities, brought to a sum of 1: the mean of their logits, seen after softmax.
 *
 *     p ∝ exp(Σ wₘ log pₘ / Σ wₘ)
 *
 * The logarithmic opinion pool (Hinton 2002, section 1): a class that one member all but rules out stays out. A probability of 0 counts as
 * 2⁻¹⁴⁹, so that members who rule out every class between them still give a distribution.
 *
 * @example
 * const members = [outputsFrom([[0.9, 0.1]]), outputsFrom([[0.1, 0.9]])];
 * combine(members, geometric()).values[0].toFixed(6); // '0.500000'
 *
 * @throws DownhillError `invalid-argument`
 */
export function geometric(options: WeightsOptions = {}): Combiner {
  const { weights } = complete('geometric', options, { weights: undefined });
  const checked = weights === undefined ? undefined : checkedWeights('geometric', weights);
  return combiner({
    name: 'geometric',
    config: checked === undefined ? {} : { weights: checked },
    of: 'probabilities',
    combine(members) {
      const logs = members.map(({ values, shape }) => ({ values: Float64Array.from(values, logOf), shape }));
      const pooled = mixture(logs, sharesOf('geometric', checked, members.length), 'values');
      return fillRows(pooled.shape, (row, i) => {
        row.set(rowOf(pooled, i));
        softmax(row);
      });
    },
  });
}

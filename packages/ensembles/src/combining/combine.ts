import { DownhillError, show } from '@downhill/core';
import { checkedMembers } from '../checks/check-members.ts';
import { asGiven } from '../checks/class-columns.ts';
import type { Outputs } from '../outputs.ts';
import { isCombiner, type Combiner } from './combiner.ts';

/**
 * One prediction out of those of several members, for the same examples.
 *
 * A binary head's one column is the probability of class 1: it is combined as two columns would be, and comes back as one.
 *
 * @example
 * const members = [outputsFrom([[0.2, 0.8]]), outputsFrom([[0.6, 0.4]])];
 * [...combine(members, mean()).values]; // [0.4, 0.6000000000000001]
 *
 * @throws DownhillError `invalid-argument` for an empty ensemble or no combiner, `shape-mismatch` where members differ in shape or are not
 * as many as the combiner was made for, `data-invalid` for logits where probabilities are taken, `non-finite` for NaN.
 */
export function combine(members: readonly Outputs[], combiner: Combiner): Outputs {
  if (!isCombiner(combiner))
    throw new DownhillError({
      code: 'invalid-argument',
      source: 'combine',
      problem: `\`combiner\` must be a combiner, got ${show(combiner)}`,
      advice: 'Pass mean(), weighted([2, 1]), geometric(), majority(), median() or what a fit gave.',
    });
  const checked = checkedMembers(combiner.name, members, combiner.of);
  const combined = combiner.combine(checked);
  return combiner.of === 'probabilities' ? asGiven(combined, members[0]?.shape[1] ?? 0) : combined;
}

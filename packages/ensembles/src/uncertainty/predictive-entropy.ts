import { checkedMembers } from '../checks/check-members.ts';
import type { Outputs } from '../outputs.ts';
import { entropyOfMean } from './entropy.ts';

/**
 * How uncertain the ensemble is about each example, for whatever reason: the entropy of the mean prediction, in nats.
 *
 *     H[(1/M) Σ pₘ]
 *
 * From 0 to log(classes). Gal 2016, "Uncertainty in deep learning", section 3.3.1.
 *
 * @example
 * const members = [outputsFrom([[1, 0]]), outputsFrom([[0, 1]])];
 * predictiveEntropy(members)[0].toFixed(6); // '0.693147'
 *
 * @throws DownhillError as `combine`
 */
export function predictiveEntropy(members: readonly Outputs[]): Float64Array {
  return entropyOfMean(checkedMembers('predictiveEntropy', members, 'probabilities'));
}

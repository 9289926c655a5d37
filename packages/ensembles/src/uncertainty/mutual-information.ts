import { checkedMembers } from '../checks/check-members.ts';
import type { Outputs } from '../outputs.ts';
import { entropyOfMean, meanEntropy } from './entropy.ts';

/**
 * How far the members' predictions differ about each example: what knowing which member is right would tell, in nats. High where the training
 * data say little (epistemic uncertainty).
 *
 *     H[(1/M) Σ pₘ] − (1/M) Σ H[pₘ]
 *
 * At least 0; 0 where all members agree. Depeweg et al. 2018 (arXiv:1710.07283), section 3; BALD of Houlsby et al. 2011.
 *
 * @example
 * const members = [outputsFrom([[1, 0]]), outputsFrom([[0, 1]])];
 * mutualInformation(members)[0].toFixed(6); // '0.693147'
 *
 * @throws DownhillError as `combine`
 */
export function mutualInformation(members: readonly Outputs[]): Float64Array {
  const checked = checkedMembers('mutualInformation', members, 'probabilities');
  const expected = meanEntropy(checked);
  return entropyOfMean(checked).map((total, i) => Math.max(0, total - (expected[i] ?? 0)));
}

import { checkedMembers } from '../checks/check-members.ts';
import type { Outputs } from '../outputs.ts';
import { meanEntropy } from './entropy.ts';

/**
 * How uncertain the members themselves are about each example: the mean of their entropies, in nats. What no further member would take away:
 * noise in the data (aleatoric uncertainty).
 *
 *     (1/M) Σ H[pₘ]
 *
 * Depeweg et al. 2018 (arXiv:1710.07283), section 3.
 *
 * @example
 * const members = [outputsFrom([[1, 0]]), outputsFrom([[0, 1]])];
 * expectedEntropy(members)[0]; // 0
 *
 * @throws DownhillError as `combine`
 */
export function expectedEntropy(members: readonly Outputs[]): Float64Array {
  return meanEntropy(checkedMembers('expectedEntropy', members, 'probabilities'));
}

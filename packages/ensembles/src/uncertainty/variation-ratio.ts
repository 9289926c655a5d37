import type { Outputs } from '../outputs.ts';
import { votesOf } from './votes.ts';

/**
 * The share of the members that do not vote for the class with most votes, for each example: 0 where all agree.
 *
 * Freeman 1965; Gal 2016, section 3.3.1.
 *
 * @example
 * const members = [outputsFrom([[1, 0]]), outputsFrom([[0, 1]]), outputsFrom([[0.6, 0.4]]), outputsFrom([[0.7, 0.3]])];
 * variationRatio(members)[0]; // 0.25
 *
 * @throws DownhillError as `combine`
 */
export function variationRatio(members: readonly Outputs[]): Float64Array {
  return Float64Array.from(votesOf('variationRatio', members), (votes) => 1 - Math.max(...votes) / members.length);
}

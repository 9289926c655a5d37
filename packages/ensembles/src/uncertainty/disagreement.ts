import type { Outputs } from '../outputs.ts';
import { votesOf } from './votes.ts';

/**
 * The share of the pairs of members that predict different classes, for each example. A single member agrees with itself: 0. Of two classes
 * its mean is the mean disagreement that `diversity` gives; of more it is at least that, since two can be wrong in different ways.
 *
 *     1 − Σₖ vₖ (vₖ − 1) / (M (M − 1))    vₖ: the votes for class k
 *
 * @example
 * const members = [outputsFrom([[1, 0]]), outputsFrom([[0, 1]]), outputsFrom([[0.6, 0.4]])];
 * disagreement(members)[0].toFixed(6); // '0.666667'
 *
 * @throws DownhillError as `combine`
 */
export function disagreement(members: readonly Outputs[]): Float64Array {
  const pairs = members.length * (members.length - 1);
  return Float64Array.from(votesOf('disagreement', members), (votes) =>
    pairs === 0 ? 0 : 1 - votes.reduce((sum, count) => sum + count * (count - 1), 0) / pairs,
  );
}

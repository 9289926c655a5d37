/**
 * The area under the ROC curve, exactly: the chance that an example of the class scores higher than one of the others, ties counting half
 * (Hanley & McNeil 1982).
 *
 *     AUC = (pairs in the right order + ½ equal ones) / (P N)
 *
 * By one walk over both sides in order. NaN where all examples, or none, are positive, or a score is NaN.
 */
export function rocAuc(positives: Float64Array, negatives: Float64Array): number {
  const [inside, outside] = [positives.toSorted(), negatives.toSorted()]; // NaN goes last
  if (Number.isNaN(inside.at(-1)) || Number.isNaN(outside.at(-1))) return Number.NaN;
  let [below, upTo, wins] = [0, 0, 0];
  for (const score of inside) {
    while ((outside[below] ?? Infinity) < score) below += 1;
    while (upTo < outside.length && (outside[upTo] ?? Infinity) <= score) upTo += 1;
    wins += (below + upTo) / 2;
  }
  return wins / (inside.length * outside.length);
}

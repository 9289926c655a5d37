/**
 * The area under the ROC curve, exactly: the chance that an example of the class scores higher than one of the others, ties counting half
 * (Hanley & McNeil 1982), by ranks.
 *
 *     AUC = (Σ ranks of the positives − P (P + 1) / 2) / (P N)
 *
 * NaN where all examples, or none, are positive, or a score is NaN.
 */
export function rocAuc(scores: ArrayLike<number>, positive: (i: number) => boolean): number {
  const order = Array.from({ length: scores.length }, (_, i) => i);
  const score = (i: number): number => scores[i] ?? Number.NaN;
  if (order.some((i) => Number.isNaN(score(i)))) return Number.NaN;
  order.sort((a, b) => (score(a) < score(b) ? -1 : score(a) > score(b) ? 1 : 0));
  let [ranks, positives] = [0, 0];
  for (let begin = 0; begin < order.length;) {
    let end = begin + 1;
    while (end < order.length && score(order[end] ?? 0) === score(order[begin] ?? 0)) end += 1;
    const hits = order.slice(begin, end).filter(positive).length;
    ranks += (hits * (begin + 1 + end)) / 2; // equal scores share the mean of their ranks
    positives += hits;
    begin = end;
  }
  return (ranks - (positives * (positives + 1)) / 2) / (positives * (order.length - positives));
}

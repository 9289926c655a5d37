/**
 * The sum of all penalties of a step, for the log: what the chain's penalties would have added to the loss, at the weights
 * as they were before the step. The kernel computes it on the way; reading does not hold up the step. The
 * loss that `fit` and `train` report does not know of it. In `train`:
 *
 *     statistics: { penalty: totalPenalty }
 *
 * and in `model.fit`, with the optimizer that it was compiled with:
 *
 *     callbacks: { onBatchEnd: async () => log(totalPenalty(await optimizer.statistics())) }
 *
 * @param statistics What `await optimizer.statistics()` gives: by variable, then by `rule/name`.
 *
 * @example
 * const statistics = { 'fc/kernel': { 'l2/penalty': 0.5, nonFinite: 0 }, 'out/kernel': { 'l2/penalty': 0.25 } };
 * totalPenalty(statistics); // 0.75
 */
export function totalPenalty(statistics: Readonly<Record<string, Readonly<Record<string, number>>>>): number {
  return Object.values(statistics)
    .flatMap((ofVariable) => Object.entries(ofVariable))
    .reduce((total, [name, value]) => (name.endsWith('/penalty') ? total + value : total), 0);
}

import { checkOneOf } from '@downhill/core';
import { log } from '@downhill/core/math';
import type { OutputKind } from '../checks/check-members.ts';
import { largestOf, meanOf, type Row } from '../checks/rows.ts';

/** What a combination is judged by on validation data; lower is better. */
export type CombinationLoss = 'crossEntropy' | 'error' | 'squaredError';

/** A probability below this counts as this: scikit-learn's `log_loss` up to 1.2. */
export const LEAST_PROBABILITY = 1e-15;

/** The loss of one example, from what was predicted and what should have been; a class is a one-hot row. */
export const lossOfRow: Readonly<Record<CombinationLoss, (row: Float64Array, target: Row) => number>> = {
  crossEntropy: (row, target) => -log(Math.max(row[largestOf(target)] ?? 0, LEAST_PROBABILITY)),
  error: (row, target) => (largestOf(row) === largestOf(target) ? 0 : 1),
  squaredError: (row, target) => meanOf(row.map((value, k) => (value - (target[k] ?? 0)) ** 2)),
};

/** The loss asked for, or the usual one of the kind. @throws DownhillError `invalid-argument` for one that the kind does not have. */
export function checkedLoss<Loss extends CombinationLoss>(
  source: string,
  loss: Loss | undefined,
  of: OutputKind,
  losses: readonly Loss[],
): CombinationLoss {
  if (loss === undefined) return of === 'values' ? 'squaredError' : 'crossEntropy';
  checkOneOf(source, 'loss', loss, of === 'values' ? losses.filter((name) => name === 'squaredError') : losses);
  return loss;
}

import { jStat } from './jstat.ts';
import { summaryOf } from './summary.ts';

const CONFIDENCE = 0.95;

/** How much one treatment differs from another where each was tried on the same subjects. */
export interface PairedDifference {
  /** Mean of the differences. */
  readonly mean: number;
  readonly standardError: number;
  /** The 95 % confidence interval of the mean. */
  readonly low: number;
  readonly high: number;
}

/**
 * The paired t interval of the differences dᵢ = bᵢ − aᵢ:
 *
 *     d̄ ± t₀.₉₇₅(n − 1) s / √n
 *
 * It takes the differences to be a sample of a normal distribution. Without at least two pairs it is NaN.
 */
export function pairedDifference(a: readonly number[], b: readonly number[]): PairedDifference {
  if (a.length !== b.length) throw new RangeError(`pairs need as many values on both sides, not ${a.length} and ${b.length}`);
  const { mean, standardDeviation } = summaryOf(b.map((value, pair) => value - (a[pair] ?? Number.NaN)));
  const standardError = standardDeviation / Math.sqrt(a.length);
  const reach = jStat.studentt.inv((1 + CONFIDENCE) / 2, a.length - 1) * standardError;
  return { mean, standardError, low: mean - reach, high: mean + reach };
}

/** Whether such a difference may be chance: no difference at all is in the interval. */
export const isWithinNoise = ({ low, high }: PairedDifference): boolean => low <= 0 && high >= 0;

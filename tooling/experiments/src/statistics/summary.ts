import { jStat } from './jstat.ts';

const { mean, stdev } = jStat;

/** What many values of one quantity amount to. */
export interface Summary {
  readonly mean: number;
  /** Of the population that the values are a sample of: divided by n − 1. */
  readonly standardDeviation: number;
}

/** The mean of values and their standard deviation, which is NaN for one value alone. */
export function summaryOf(values: readonly number[]): Summary {
  return { mean: mean(values), standardDeviation: values.length > 1 ? stdev(values, true) : Number.NaN };
}

import { checkNumber, complete, DownhillError, pruner, type Pruner } from '@downhill/core';
import { CHECK_TIMES, checkTimes, isCheckDue, type CheckTimes } from './check-due.ts';

/** Options of {@link threshold}; defaults from Optuna's `ThresholdPruner`. One bound at least is given. */
export interface ThresholdOptions extends CheckTimes {
  /** A report below it ends the trial. @defaultValue no bound */
  readonly lower?: number;
  /** A report above it ends the trial. @defaultValue no bound */
  readonly upper?: number;
}

/**
 * Ends a trial that reports a value outside bounds, or NaN. Optuna's `ThresholdPruner`; the direction of the study does not matter, and steps
 * count from 0.
 *
 * @example
 * threshold({ upper: 10, warmupSteps: 2 }).config; // { upper: 10, warmupSteps: 2, intervalSteps: 1 }
 *
 * @throws DownhillError `invalid-argument` without a bound, for a lower bound above the upper one, or for counts that are not whole.
 */
export function threshold(options: ThresholdOptions): Pruner {
  const defaults = { ...CHECK_TIMES, lower: undefined as number | undefined, upper: undefined as number | undefined };
  const { lower, upper, ...times } = complete('threshold', options, defaults);
  checkTimes('threshold', times);
  const bounds = { ...(lower === undefined ? {} : { lower }), ...(upper === undefined ? {} : { upper }) };
  checkNumber('threshold', bounds);
  if (Object.keys(bounds).length === 0)
    throw new DownhillError({
      code: 'invalid-argument',
      source: 'threshold',
      problem: 'takes `lower`, `upper` or both, got neither',
      advice: 'Write { upper: 10 }.',
    });
  if (lower !== undefined) checkNumber('threshold', { upper: upper ?? lower }, { min: lower }, '`lower` is that number.');
  return pruner({
    name: 'threshold',
    ignoresDirection: true,
    config: { ...bounds, ...times },
    shouldPrune(_study, { reports }) {
      const value = reports.at(-1)?.value;
      if (value === undefined || !isCheckDue(reports, times)) return false;
      return Number.isNaN(value) || value < (lower ?? -Infinity) || value > (upper ?? Infinity);
    },
  });
}

import { checkNumber, complete, pruner, type Pruner } from '@downhill/core';
import { distinctTrials, isBetter } from '../view/trials.ts';
import { CHECK_TIMES, checkTimes, isCheckDue, type CheckTimes } from './check-due.ts';
import { percentileOf } from './percentile-of.ts';
import { bestReported, valueAtStep } from './reports.ts';

/** Options of {@link median}; defaults from Optuna's `MedianPruner`. */
export interface MedianOptions extends CheckTimes {
  /** Complete trials before which nothing is pruned. @defaultValue 5 (Optuna's `n_startup_trials`) */
  readonly startupTrials?: number;
  /** Complete trials with a report at a step, fewer than which prune nothing there. @defaultValue 1 (Optuna's `n_min_trials`) */
  readonly minTrials?: number;
}

/** Options of {@link percentile}; defaults from Optuna's `PercentilePruner`. */
export interface PercentileOptions extends MedianOptions {
  /** Percent of the trials that go on, from 0 to 100: 25 keeps the best quarter. */
  readonly percentile: number;
}

export const MEDIAN_DEFAULTS: Required<MedianOptions> = { ...CHECK_TIMES, startupTrials: 5, minTrials: 1 };

/**
 * Ends a trial whose best report so far is worse than a percentile of what the complete trials reported at the same step.
 *
 * Optuna's `PercentilePruner`: the percentile is NumPy's, by a straight line between neighbours. Reports of NaN are left out; a trial that
 * reported nothing else is pruned. Steps count from 0. Pruned and failed trials are not compared with.
 *
 * @example
 * const keepsQuarter = percentile({ percentile: 25, warmupSteps: 3 });
 * keepsQuarter.config; // { percentile: 25, warmupSteps: 3, intervalSteps: 1, startupTrials: 5, minTrials: 1 }
 *
 * @throws DownhillError `invalid-argument` for a percentile outside 0 to 100, or counts that are not whole.
 */
export function percentile(options: PercentileOptions): Pruner {
  const full = complete('percentile', options, { percentile: Number.NaN, ...MEDIAN_DEFAULTS });
  checkNumber(
    'percentile',
    { percentile: full.percentile },
    { min: 0, max: 100 },
    'Percent of the trials that go on: 25 keeps the best quarter.',
  );
  return percentilePruner('percentile', full, full);
}

/** The pruner under its own name, with the config that its own factory takes. */
export function percentilePruner(name: string, options: Required<PercentileOptions>, config: Pruner['config']): Pruner {
  checkTimes(name, options);
  checkNumber(name, { startupTrials: options.startupTrials }, { min: 0, integer: true });
  checkNumber(name, { minTrials: options.minTrials }, { min: 1, integer: true });
  return pruner({
    name,
    config,
    shouldPrune(study, { reports }) {
      const step = reports.at(-1)?.step;
      if (step === undefined || !isCheckDue(reports, options)) return false;
      const ended = distinctTrials(study).filter(({ state }) => state === 'complete');
      if (ended.length === 0 || ended.length < options.startupTrials) return false;
      const best = bestReported(reports, study.direction);
      if (Number.isNaN(best)) return true;
      const others = ended.map((other) => valueAtStep(other.reports, step)).filter((value) => value !== undefined);
      if (others.length < options.minTrials) return false;
      const percent = study.direction === 'minimize' ? options.percentile : 100 - options.percentile;
      return isBetter(study.direction, percentileOf(others, percent), best);
    },
  });
}

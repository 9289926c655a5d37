import { complete, type Pruner } from '@downhill/core';
import { MEDIAN_DEFAULTS, percentilePruner, type MedianOptions } from './percentile.ts';

/**
 * Ends a trial whose best report so far is worse than the median of what the complete trials reported at the same step: `percentile` at 50.
 *
 * Optuna's `MedianPruner`; Golovin et al. 2017, section 3.2.2 (Google Vizier), takes running averages where this takes reports. Reports of NaN
 * are left out; a trial that reported nothing else is pruned. Steps count from 0.
 *
 * @example
 * median({ startupTrials: 10 }).config; // { startupTrials: 10, warmupSteps: 0, intervalSteps: 1, minTrials: 1 }
 *
 * @throws DownhillError `invalid-argument` for counts that are not whole or too small.
 */
export function median(options: MedianOptions = {}): Pruner {
  const full = complete('median', options, MEDIAN_DEFAULTS);
  return percentilePruner('median', { ...full, percentile: 50 }, full);
}

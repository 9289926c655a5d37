import type { MedianOptions } from '@downhill/tuning';
import type { Config } from '../../family.ts';

/** Ours by Optuna's names. */
export const timesOf = (config: Config): MedianOptions => ({
  startupTrials: config['n_startup_trials'] as number,
  warmupSteps: config['n_warmup_steps'] as number,
  intervalSteps: config['interval_steps'] as number,
  minTrials: config['n_min_trials'] as number,
});

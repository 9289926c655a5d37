import { chain, checkSchedule, complete, named, type ScheduleLike, type Transform } from '@downhill/core';
import { decayWeights } from './decay-weights.ts';
import { scaleByScheduleFree, scheduleFreeDefaults, type ScaleByScheduleFreeOptions } from './scale-by-schedule-free.ts';

/** Options of {@link scheduleFreeSgd}; defaults from the authors' `SGDScheduleFree`. */
export interface ScheduleFreeSgdOptions extends ScaleByScheduleFreeOptions {
  /** λ, at the point where the gradient is taken. @defaultValue 0 (the authors) */
  weightDecay?: ScheduleLike;
}

/**
 * Schedule-free SGD: {@link decayWeights}, {@link scaleByScheduleFree}. Some ten times the rate of SGD with momentum, and no schedule but a warm-up.
 *
 *     uₜ = gₜ + λ yₜ₋₁
 *
 * Defazio et al. 2024 (arXiv:2405.15682). Judge and keep the model with its average, see {@link scaleByScheduleFree}.
 *
 * @example
 * const rule = scheduleFreeSgd({ learningRate: 0.5, warmupSteps: 100 });
 * rule.name; // 'scheduleFreeSgd'
 *
 * @throws DownhillError `invalid-argument` where a number is out of its range.
 */
export function scheduleFreeSgd(options: ScheduleFreeSgdOptions = {}): Transform {
  const config = complete('scheduleFreeSgd', options, { weightDecay: 0, ...scheduleFreeDefaults });
  const { weightDecay, ...rule } = config;
  checkSchedule('scheduleFreeSgd', { weightDecay }, { min: 0 });
  const decay = weightDecay === 0 ? [] : [decayWeights(weightDecay)];
  return named('scheduleFreeSgd', config, chain(...decay, scaleByScheduleFree(rule)));
}

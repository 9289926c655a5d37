import { chain, checkSchedule, complete, named, type Mask, type ScheduleLike, type Transform } from '@downhill/core';
import { decayWeights } from './decay-weights.ts';
import type { MomentumSchedule } from './momentum-schedule.ts';
import { nadamDefaults, scaleByNadam, type ScaleByNadamOptions } from './nadam.ts';
import { scaleByLearningRate } from './scale-by-learning-rate.ts';

/** Options of {@link nadamw}; defaults from timm's `NAdamW`. */
export interface NadamwOptions extends ScaleByNadamOptions {
  /** @defaultValue 1e-3 (timm) */
  learningRate?: ScheduleLike;
  /** `'paper'` for PyTorch's `NAdam` with decoupled decay. @defaultValue 'constant' (timm, optax) */
  momentumSchedule?: MomentumSchedule;
  /** Decoupled: taken from the weight, times the learning rate. @defaultValue 0.01 (timm; optax has 1e-4) */
  weightDecay?: ScheduleLike;
  /** Which weights decay, such as `kernelsOnly`. @defaultValue all */
  decayMask?: Mask;
}

/**
 * NAdam with decoupled weight decay and a constant momentum: {@link scaleByNadam}, {@link decayWeights}, {@link scaleByLearningRate}.
 *
 *     wₜ = wₜ₋₁ − ηₜ (uₜ + λ wₜ₋₁)
 *
 * Dozat 2016; Loshchilov & Hutter 2019 (arXiv:1711.05101).
 *
 * @example
 * const rule = nadamw({ learningRate: 3e-4, weightDecay: 0.05 });
 * rule.name; // 'nadamw'
 *
 * @throws DownhillError `invalid-argument` where a number is out of its range.
 */
export function nadamw(options: NadamwOptions = {}): Transform {
  const config = complete('nadamw', options, {
    learningRate: 1e-3,
    weightDecay: 0.01,
    decayMask: undefined,
    ...nadamDefaults,
    momentumSchedule: 'constant' as const,
  });
  const { learningRate, weightDecay, decayMask, ...rule } = config;
  checkSchedule('nadamw', { weightDecay }, { min: 0 });
  return named('nadamw', config, chain(scaleByNadam(rule), decayWeights(weightDecay, decayMask), scaleByLearningRate(learningRate)));
}

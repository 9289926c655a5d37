import { chain, checkSchedule, complete, named, type Mask, type ScheduleLike, type Transform } from '@downhill/core';
import { adamDefaults, scaleByAdam, type ScaleByAdamOptions } from './adam.ts';
import { decayWeights } from './decay-weights.ts';
import { scaleByLearningRate } from './scale-by-learning-rate.ts';

/** Options of {@link adamw}; defaults from PyTorch's `AdamW`. */
export interface AdamwOptions extends ScaleByAdamOptions {
  /** @defaultValue 1e-3 (PyTorch) */
  learningRate?: ScheduleLike;
  /** Decoupled: taken from the weight, times the learning rate. @defaultValue 0.01 (PyTorch; Keras has 0.004) */
  weightDecay?: ScheduleLike;
  /** Which weights decay, such as `kernelsOnly`. @defaultValue all (PyTorch, Keras) */
  decayMask?: Mask;
}

/**
 * Adam with decoupled weight decay: {@link scaleByAdam}, {@link decayWeights}, {@link scaleByLearningRate}.
 *
 *     wₜ = wₜ₋₁ − ηₜ (uₜ + λ wₜ₋₁)
 *
 * Loshchilov & Hutter 2019, algorithm 2 (arXiv:1711.05101); u as in {@link scaleByAdam}.
 *
 * @example
 * const rule = adamw({ learningRate: 3e-4, weightDecay: 0.05 });
 * rule.name; // 'adamw'
 *
 * @throws DownhillError `invalid-argument` where a number is out of its range.
 */
export function adamw(options: AdamwOptions = {}): Transform {
  const config = complete('adamw', options, { learningRate: 1e-3, weightDecay: 0.01, decayMask: undefined, ...adamDefaults });
  const { learningRate, weightDecay, decayMask, ...rule } = config;
  checkSchedule('adamw', { weightDecay }, { min: 0 });
  return named('adamw', config, chain(scaleByAdam(rule), decayWeights(weightDecay, decayMask), scaleByLearningRate(learningRate)));
}

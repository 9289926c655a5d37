import { chain, checkSchedule, complete, named, type ScheduleLike, type Transform } from '@downhill/core';
import { decayWeights } from './decay-weights.ts';
import { momentumDefaults, momentumIfAny, type ScaleByMomentumOptions } from './momentum.ts';
import { scaleByLearningRate } from './scale-by-learning-rate.ts';

/** Options of {@link sgd}; defaults from Keras' `SGD`. */
export interface SgdOptions extends ScaleByMomentumOptions {
  /** @defaultValue 0.01 (Keras) */
  learningRate?: ScheduleLike;
  /** 0 keeps no velocity at all. @defaultValue 0 (Keras, PyTorch) */
  momentum?: ScheduleLike;
  /** An L2 penalty, added to the gradient. @defaultValue 0 (PyTorch) */
  weightDecay?: ScheduleLike;
}

/**
 * Stochastic gradient descent, with momentum if asked for.
 *
 *     wₜ = wₜ₋₁ − ηₜ uₜ        without momentum: uₜ = gₜ + λ wₜ₋₁
 *
 * Robbins & Monro 1951; with momentum uₜ is what {@link scaleByMomentum} makes of gₜ + λ wₜ₋₁.
 *
 * @example
 * const rule = sgd({ learningRate: 0.1, momentum: 0.9 });
 * rule.name; // 'sgd'
 *
 * @throws DownhillError `invalid-argument` where a number is out of its range, and for `nesterov` without momentum.
 */
export function sgd(options: SgdOptions = {}): Transform {
  const config = complete('sgd', options, { learningRate: 0.01, weightDecay: 0, ...momentumDefaults, momentum: 0 });
  const { learningRate, weightDecay, ...rule } = config;
  checkSchedule('sgd', { weightDecay }, { min: 0 });
  const decay = weightDecay === 0 ? [] : [decayWeights(weightDecay)];
  return named('sgd', config, chain(...decay, ...momentumIfAny('sgd', rule), scaleByLearningRate(learningRate)));
}

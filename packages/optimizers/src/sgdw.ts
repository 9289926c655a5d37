import { chain, checkSchedule, complete, named, type Mask, type ScheduleLike, type Transform } from '@downhill/core';
import { decayWeights } from './decay-weights.ts';
import { momentumDefaults, momentumIfAny, type ScaleByMomentumOptions } from './momentum.ts';
import { scaleByLearningRate } from './scale-by-learning-rate.ts';

/** Options of {@link sgdw}; defaults from timm's `SGDW`, but for the decay. */
export interface SgdwOptions extends ScaleByMomentumOptions {
  /** @defaultValue 1e-3 (timm) */
  learningRate?: ScheduleLike;
  /** 0 keeps no velocity at all. @defaultValue 0 (timm) */
  momentum?: ScheduleLike;
  /** Decoupled: taken from the weight, times the learning rate. @defaultValue 0.01 (PyTorch's `AdamW`; timm has 0) */
  weightDecay?: ScheduleLike;
  /** Which weights decay. @defaultValue all */
  decayMask?: Mask;
}

/**
 * SGD with decoupled weight decay: the decay does not pass through the velocity.
 *
 *     wₜ = wₜ₋₁ − ηₜ (uₜ + λ wₜ₋₁)
 *
 * Loshchilov & Hutter 2019, algorithm 1 (arXiv:1711.05101); u as in {@link scaleByMomentum}.
 *
 * @example
 * const rule = sgdw({ learningRate: 0.1, momentum: 0.9, weightDecay: 1e-3 });
 * rule.name; // 'sgdw'
 *
 * @throws DownhillError `invalid-argument` where a number is out of its range, and for `nesterov` without momentum.
 */
export function sgdw(options: SgdwOptions = {}): Transform {
  const config = complete('sgdw', options, {
    learningRate: 1e-3,
    weightDecay: 0.01,
    decayMask: undefined,
    ...momentumDefaults,
    momentum: 0,
  });
  const { learningRate, weightDecay, decayMask, ...rule } = config;
  checkSchedule('sgdw', { weightDecay }, { min: 0 });
  const velocity = momentumIfAny('sgdw', rule);
  return named('sgdw', config, chain(...velocity, decayWeights(weightDecay, decayMask), scaleByLearningRate(learningRate)));
}

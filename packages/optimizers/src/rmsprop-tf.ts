import { chain, checkSchedule, complete, named, type ScheduleLike, type Transform } from '@downhill/core';
import { scaleByMomentum } from './momentum.ts';
import { rmsDefaults, scaleByRms, type ScaleByRmsOptions } from './rmsprop.ts';
import { scaleByLearningRate } from './scale-by-learning-rate.ts';

/** Options of {@link rmspropTf}; defaults from timm's `RMSpropTF`. */
export interface RmspropTfOptions extends Omit<ScaleByRmsOptions, 'epsilonInRoot'> {
  /** @defaultValue 0.01 (timm) */
  learningRate?: ScheduleLike;
  /** The share of the old mean square that stays, in [0, 1). @defaultValue 0.9 (TensorFlow, Keras, timm) */
  decayRate?: ScheduleLike;
  /** Added under the root, at least 0. @defaultValue 1e-10 (TensorFlow 1, timm; Keras has 1e-7) */
  epsilon?: ScheduleLike;
  /** What the mean square starts at, at least 0: no schedule. @defaultValue 1 (TensorFlow 1, timm; Keras has 0) */
  initialScale?: number;
  /** Momentum of the divided gradient, in [0, 1). @defaultValue 0 (timm, Keras) */
  momentum?: ScheduleLike;
  /** The rate is part of the velocity, so that a changed rate shows slowly. @defaultValue true (TensorFlow, timm) */
  rateInMomentum?: boolean;
}

/**
 * TensorFlow's RMSProp, by which EfficientNet and its like were trained: epsilon is under the root, the mean square starts at 1, and the
 * velocity gathers what the rate has scaled.
 *
 *     sₜ = ρ sₜ₋₁ + (1 − ρ) gₜ²,  s₀ = 1        vₜ = μ vₜ₋₁ + ηₜ gₜ / √(sₜ + ε)        wₜ = wₜ₋₁ − vₜ
 *
 * Tieleman & Hinton 2012, lecture 6.5, in TensorFlow's form. `initialScale: 0` with `epsilon: 1e-7` is Keras's. Slots: those of
 * {@link scaleByRms} and {@link scaleByMomentum}.
 *
 * @example
 * const rule = rmspropTf({ learningRate: 0.016, momentum: 0.9, epsilon: 1e-3 });
 * rule.name; // 'rmspropTf'
 *
 * @throws DownhillError `invalid-argument` where a number is out of its range.
 */
export function rmspropTf(options: RmspropTfOptions = {}): Transform {
  const { centered } = rmsDefaults;
  const defaults = { learningRate: 0.01, decayRate: 0.9, epsilon: 1e-10, initialScale: 1, centered, momentum: 0, rateInMomentum: true };
  const config = complete('rmspropTf', options, defaults);
  const { learningRate, momentum, rateInMomentum, ...rule } = config;
  checkSchedule('rmspropTf', { momentum }, { min: 0, below: 1 });
  const velocity = momentum === 0 ? [] : [scaleByMomentum({ momentum })];
  const rate = [scaleByLearningRate(learningRate)];
  const inner = rateInMomentum ? [...rate, ...velocity] : [...velocity, ...rate];
  return named('rmspropTf', config, chain(scaleByRms({ ...rule, epsilonInRoot: true }), ...inner));
}

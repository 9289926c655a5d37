import {
  add,
  chain,
  checkNumber,
  checkSchedule,
  complete,
  div,
  lerp,
  mul,
  named,
  sqrt,
  square,
  transform,
  zeros,
  type ScheduleLike,
  type Transform,
} from '@downhill/core';
import { integerPower } from '@downhill/core/math';
import { decayWeights } from './decay-weights.ts';
import { scaleByScheduleFree, scheduleFreeDefaults } from './scale-by-schedule-free.ts';

/** Options of {@link scheduleFreeAdamw}; defaults from the authors' `AdamWScheduleFree`. */
export interface ScheduleFreeAdamwOptions {
  /** @defaultValue 0.0025 (the authors) */
  learningRate?: ScheduleLike;
  /** Where between z and the average x the gradient is taken, in (0, 1]; `momentum` of `scheduleFreeSgd`. @defaultValue 0.9 (the authors) */
  beta1?: number;
  /** The share of the old second moment that stays, in [0, 1). @defaultValue 0.999 (the authors) */
  beta2?: ScheduleLike;
  /** Added to the corrected root, at least 0. @defaultValue 1e-8 (the authors) */
  epsilon?: ScheduleLike;
  /** λ, at the point where the gradient is taken. @defaultValue 0 (the authors) */
  weightDecay?: ScheduleLike;
  /** Steps in which the rate rises. @defaultValue 0 (the authors) */
  warmupSteps?: number;
  /** Later steps weigh tʳ as much in the average. @defaultValue 0 (the authors) */
  r?: number;
  /** The power of the largest rate so far in a step's weight. @defaultValue 2 (the authors) */
  weightLrPower?: number;
}

/**
 * Schedule-free AdamW: Adam's second moment without its first, in whose place the average is.
 *
 *     vₜ = β₂ vₜ₋₁ + (1 − β₂) gₜ²        uₜ = gₜ / (√(vₜ / (1 − β₂ᵗ)) + ε) + λ yₜ₋₁
 *
 * Defazio et al. 2024, algorithm 1 (arXiv:2405.15682); the rest is {@link scaleByScheduleFree}, with which the model is judged. Slots: `v`.
 *
 * @example
 * const rule = scheduleFreeAdamw({ learningRate: 0.01, warmupSteps: 100 });
 * rule.name; // 'scheduleFreeAdamw'
 *
 * @throws DownhillError `invalid-argument` where a number is out of its range.
 */
export function scheduleFreeAdamw(options: ScheduleFreeAdamwOptions = {}): Transform {
  const { momentum, ...average } = scheduleFreeDefaults;
  const config = complete('scheduleFreeAdamw', options, {
    ...average,
    learningRate: 0.0025,
    beta1: momentum,
    beta2: 0.999,
    epsilon: 1e-8,
    weightDecay: 0,
  });
  const { beta1, beta2, epsilon, weightDecay, ...rest } = config;
  checkNumber('scheduleFreeAdamw', { beta1 }, { above: 0, max: 1 });
  checkSchedule('scheduleFreeAdamw', { beta2 }, { min: 0, below: 1 });
  checkSchedule('scheduleFreeAdamw', { epsilon, weightDecay }, { min: 0 });
  const scale = transform({
    name: 'scheduleFreeAdamw',
    config,
    numbers: { beta2, epsilon },
    slots: { v: zeros },
    scalars: ({ t }, now) => ({ correction2: 1 / (1 - integerPower(now.beta2, t)) }),
    update(g, { slots, scalars, numbers }) {
      const v = lerp(square(g), slots.v, numbers.beta2);
      return { update: div(g, add(sqrt(mul(v, scalars.correction2)), numbers.epsilon)), slots: { v } };
    },
  });
  const decay = weightDecay === 0 ? [] : [decayWeights(weightDecay)];
  return named('scheduleFreeAdamw', config, chain(scale, ...decay, scaleByScheduleFree({ ...rest, momentum: beta1 })));
}

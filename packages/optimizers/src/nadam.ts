import {
  add,
  chain,
  checkOneOf,
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
import { MOMENTUM_SCHEDULES, momentumShares, type MomentumSchedule } from './momentum-schedule.ts';
import { scaleByLearningRate } from './scale-by-learning-rate.ts';

/** Options of {@link scaleByNadam}; defaults from PyTorch's `NAdam`. */
export interface ScaleByNadamOptions {
  /** The share of the old first moment that stays, in [0, 1). @defaultValue 0.9 (PyTorch, Keras; the paper has 0.975) */
  beta1?: ScheduleLike;
  /** The share of the old second moment that stays, in [0, 1). @defaultValue 0.999 (PyTorch, Keras, the paper) */
  beta2?: ScheduleLike;
  /** Added to the root, at least 0. @defaultValue 1e-8 (PyTorch, the paper; Keras has 1e-7) */
  epsilon?: ScheduleLike;
  /** ψ: how fast the momentum grows from β₁ / 2 to β₁, at least 0. @defaultValue 0.004 (PyTorch, the paper; Keras has 1) */
  momentumDecay?: ScheduleLike;
  /**
   * `'paper'`: the momentum grows. `'constant'`: it is β₁, as in optax and timm's `NAdamW`. `'pytorch1'`: as PyTorch had it before 2.0, with μₜ
   * twice in the next product (pytorch/pytorch#92699), to go on with such a run. @defaultValue 'paper' (PyTorch 2, Keras)
   */
  momentumSchedule?: MomentumSchedule;
}

export const nadamDefaults: Required<ScaleByNadamOptions> = {
  beta1: 0.9,
  beta2: 0.999,
  epsilon: 1e-8,
  momentumDecay: 0.004,
  momentumSchedule: 'paper',
};

/**
 * The NAdam direction: Adam that looks a step ahead, as Nesterov's momentum does.
 *
 *     mₜ = β₁ mₜ₋₁ + (1 − β₁) gₜ        vₜ = β₂ vₜ₋₁ + (1 − β₂) gₜ²        μₜ = β₁ (1 − ½ · 0.96^(ψ t))
 *     uₜ = (μₜ₊₁ mₜ / (1 − μ₁ ⋯ μₜ₊₁) + (1 − μₜ) gₜ / (1 − μ₁ ⋯ μₜ)) / (√(vₜ / (1 − β₂ᵗ)) + ε)
 *     constant momentum: (β₁ mₜ + (1 − β₁) gₜ) / (1 − β₁ᵗ) above the line, as in timm's `NAdamW`
 *
 * Dozat 2016, algorithm 8. Slots: `m`, `v`, shaped like the parameter.
 *
 * @example
 * const rule = scaleByNadam({ momentumSchedule: 'constant' });
 * rule.name; // 'scaleByNadam'
 *
 * @throws DownhillError `invalid-argument` where a number is out of its range.
 */
export function scaleByNadam(options: ScaleByNadamOptions = {}): Transform {
  const config = complete('scaleByNadam', options, nadamDefaults);
  const { beta1, beta2, epsilon, momentumDecay, momentumSchedule } = config;
  checkSchedule('scaleByNadam', { beta1, beta2 }, { min: 0, below: 1 });
  checkSchedule('scaleByNadam', { epsilon, momentumDecay }, { min: 0 });
  checkOneOf('scaleByNadam', 'momentumSchedule', momentumSchedule, MOMENTUM_SCHEDULES);
  return transform({
    name: 'scaleByNadam',
    config,
    numbers: { beta1, beta2, epsilon, momentumDecay },
    slots: { m: zeros, v: zeros },
    scalars: ({ t }, now) => ({
      ...momentumShares(momentumSchedule, now.beta1, now.momentumDecay, t),
      correction2: 1 / (1 - integerPower(now.beta2, t)),
    }),
    update(g, { slots, scalars: { ofMoment, ofGradient, correction2 }, numbers }) {
      const m = lerp(g, slots.m, numbers.beta1);
      const v = lerp(square(g), slots.v, numbers.beta2);
      const ahead = add(mul(m, ofMoment), mul(g, ofGradient));
      return { update: div(ahead, add(sqrt(mul(v, correction2)), numbers.epsilon)), slots: { m, v } };
    },
  });
}

/** Options of {@link nadam}. */
export interface NadamOptions extends ScaleByNadamOptions {
  /** @defaultValue 2e-3 (PyTorch, the paper; Keras has 1e-3) */
  learningRate?: ScheduleLike;
}

/**
 * NAdam: {@link scaleByNadam}, {@link scaleByLearningRate}. With decoupled weight decay: `nadamw`.
 *
 * @example
 * const rule = nadam({ learningRate: 1e-3 });
 * rule.name; // 'nadam'
 *
 * @throws DownhillError `invalid-argument` where a number is out of its range.
 */
export function nadam(options: NadamOptions = {}): Transform {
  const config = complete('nadam', options, { learningRate: 2e-3, ...nadamDefaults });
  const { learningRate, ...rule } = config;
  return named('nadam', config, chain(scaleByNadam(rule), scaleByLearningRate(learningRate)));
}

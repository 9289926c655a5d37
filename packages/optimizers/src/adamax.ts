import {
  abs,
  add,
  chain,
  checkSchedule,
  complete,
  div,
  lerp,
  max,
  mul,
  named,
  transform,
  zeros,
  type ScheduleLike,
  type Transform,
} from '@downhill/core';
import { integerPower } from '@downhill/core/math';
import { scaleByLearningRate } from './scale-by-learning-rate.ts';

/** Options of {@link scaleByAdamax}; defaults from PyTorch's `Adamax`. */
export interface ScaleByAdamaxOptions {
  /** The share of the old first moment that stays, in [0, 1). @defaultValue 0.9 (the paper, PyTorch, Keras) */
  beta1?: ScheduleLike;
  /** What the largest gradient so far shrinks by in a step, in [0, 1). @defaultValue 0.999 (the paper, PyTorch, Keras) */
  beta2?: ScheduleLike;
  /** Added to |g|, before the larger is taken, at least 0. @defaultValue 1e-8 (PyTorch; Keras adds 1e-7 to the divisor) */
  epsilon?: ScheduleLike;
}

const adamaxDefaults: Required<ScaleByAdamaxOptions> = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8 };

/**
 * The AdaMax direction: Adam with the largest of the gradients so far, slowly forgotten, in the place of their mean square.
 *
 *     mₜ = β₁ mₜ₋₁ + (1 − β₁) gₜ        uₜ = max(β₂ uₜ₋₁, |gₜ| + ε)        mₜ / (1 − β₁ᵗ) / uₜ
 *
 * Kingma & Ba 2015, algorithm 2 (arXiv:1412.6980); ε as in PyTorch. Slots: `m`, `u`, shaped like the parameter.
 *
 * @example
 * const rule = scaleByAdamax({ beta2: 0.99 });
 * rule.name; // 'scaleByAdamax'
 *
 * @throws DownhillError `invalid-argument` where a number is out of its range.
 */
export function scaleByAdamax(options: ScaleByAdamaxOptions = {}): Transform {
  const config = complete('scaleByAdamax', options, adamaxDefaults);
  const { beta1, beta2, epsilon } = config;
  checkSchedule('scaleByAdamax', { beta1, beta2 }, { min: 0, below: 1 });
  checkSchedule('scaleByAdamax', { epsilon }, { min: 0 });
  return transform({
    name: 'scaleByAdamax',
    config,
    numbers: { beta1, beta2, epsilon },
    slots: { m: zeros, u: zeros },
    scalars: ({ t }, now) => ({ correction: 1 / (1 - integerPower(now.beta1, t)) }),
    update(g, { slots, scalars, numbers }) {
      const m = lerp(g, slots.m, numbers.beta1);
      const u = max(mul(slots.u, numbers.beta2), add(abs(g), numbers.epsilon));
      return { update: div(mul(m, scalars.correction), u), slots: { m, u } };
    },
  });
}

/** Options of {@link adamax}. */
export interface AdamaxOptions extends ScaleByAdamaxOptions {
  /** @defaultValue 2e-3 (the paper, PyTorch; Keras has 1e-3) */
  learningRate?: ScheduleLike;
}

/**
 * AdaMax: {@link scaleByAdamax}, {@link scaleByLearningRate}.
 *
 * @example
 * const rule = adamax({ learningRate: 1e-3 });
 * rule.name; // 'adamax'
 *
 * @throws DownhillError `invalid-argument` where a number is out of its range.
 */
export function adamax(options: AdamaxOptions = {}): Transform {
  const config = complete('adamax', options, { learningRate: 2e-3, ...adamaxDefaults });
  const { learningRate, ...rule } = config;
  return named('adamax', config, chain(scaleByAdamax(rule), scaleByLearningRate(learningRate)));
}

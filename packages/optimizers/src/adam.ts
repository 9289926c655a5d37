import {
  add,
  chain,
  checkSchedule,
  complete,
  div,
  lerp,
  max,
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
import { scaleByLearningRate } from './scale-by-learning-rate.ts';

/** Options of {@link scaleByAdam}; defaults from Kingma & Ba 2015, algorithm 1, and PyTorch's `Adam`. */
export interface ScaleByAdamOptions {
  /** The share of the old first moment that stays, in [0, 1). @defaultValue 0.9 (the paper, PyTorch, Keras) */
  beta1?: ScheduleLike;
  /** The share of the old second moment that stays, in [0, 1). @defaultValue 0.999 (the paper, PyTorch, Keras) */
  beta2?: ScheduleLike;
  /** Added to the root, at least 0; never the backend's own. @defaultValue 1e-8 (the paper, PyTorch; Keras has 1e-7) */
  epsilon?: ScheduleLike;
  /** Without it the first steps are far too large; there to show that. @defaultValue true (the paper) */
  biasCorrection?: boolean;
  /** Divide by the largest second moment so far: Reddi et al. 2018, algorithm 2. @defaultValue false (PyTorch) */
  amsgrad?: boolean;
}

export const adamDefaults: Required<ScaleByAdamOptions> = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8, biasCorrection: true, amsgrad: false };

/**
 * The Adam direction: the first moment over the root of the second.
 *
 *     mₜ = β₁ mₜ₋₁ + (1 − β₁) gₜ        vₜ = β₂ vₜ₋₁ + (1 − β₂) gₜ²
 *     uₜ = mₜ / (1 − β₁ᵗ) / (√(vₜ / (1 − β₂ᵗ)) + ε)
 *
 * Kingma & Ba 2015, algorithm 1 (arXiv:1412.6980). Slots: `m`, `v`, and `vMax` for AMSGrad, shaped like the parameter.
 *
 * @example
 * const rule = scaleByAdam({ beta2: 0.99 });
 * rule.name; // 'scaleByAdam'
 *
 * @throws DownhillError `invalid-argument` where a number is out of its range.
 */
export function scaleByAdam(options: ScaleByAdamOptions = {}): Transform {
  const config = complete('scaleByAdam', options, adamDefaults);
  const { beta1, beta2, epsilon, biasCorrection, amsgrad } = config;
  checkSchedule('scaleByAdam', { beta1, beta2 }, { min: 0, below: 1 });
  checkSchedule('scaleByAdam', { epsilon }, { min: 0 });
  return transform<'m' | 'v' | 'vMax', 'correction1' | 'correction2', unknown, 'beta1' | 'beta2' | 'epsilon'>({
    name: 'scaleByAdam',
    config,
    numbers: { beta1, beta2, epsilon },
    slots: () => (amsgrad ? { m: zeros, v: zeros, vMax: zeros } : { m: zeros, v: zeros }) as Record<'m' | 'v' | 'vMax', typeof zeros>,
    // Factors instead of divisors: a multiplication costs a quarter of a division.
    scalars: ({ t }, now) => ({
      correction1: biasCorrection ? 1 / (1 - integerPower(now.beta1, t)) : 1,
      correction2: biasCorrection ? 1 / (1 - integerPower(now.beta2, t)) : 1,
    }),
    update(g, { slots, scalars: { correction1, correction2 }, numbers }) {
      const m = lerp(g, slots.m, numbers.beta1);
      const v = lerp(square(g), slots.v, numbers.beta2);
      const vMax = amsgrad ? max(slots.vMax, v) : v;
      const update = div(mul(m, correction1), add(sqrt(mul(vMax, correction2)), numbers.epsilon));
      return { update, slots: amsgrad ? { m, v, vMax } : { m, v } };
    },
  });
}

/** Options of {@link adam}. */
export interface AdamOptions extends ScaleByAdamOptions {
  /** @defaultValue 1e-3 (the paper, PyTorch, Keras) */
  learningRate?: ScheduleLike;
}

/**
 * Adam: {@link scaleByAdam}, {@link scaleByLearningRate}. For weight decay take `adamw`.
 *
 * @example
 * const rule = adam({ learningRate: 3e-4 });
 * rule.name; // 'adam'
 *
 * @throws DownhillError `invalid-argument` where a number is out of its range.
 */
export function adam(options: AdamOptions = {}): Transform {
  const config = complete('adam', options, { learningRate: 1e-3, ...adamDefaults });
  const { learningRate, ...rule } = config;
  return named('adam', config, chain(scaleByAdam(rule), scaleByLearningRate(learningRate)));
}

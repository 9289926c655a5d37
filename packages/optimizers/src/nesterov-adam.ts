import { add, div, lerp, mul, sqrt, square, transform, zeros, type ScheduleLike, type Transform } from '@downhill/core';
import { integerPower } from '@downhill/core/math';

/** The numbers of {@link nesterovAdam}. */
export interface NesterovAdamNumbers {
  readonly beta1: ScheduleLike;
  readonly beta2: ScheduleLike;
  readonly epsilon: ScheduleLike;
}

/**
 * Adam with Nesterov's look ahead and a constant momentum, as timm's `NAdamW`.
 *
 *     uₜ = (β₁ mₜ + (1 − β₁) gₜ) / (1 − β₁ᵗ) / (√(vₜ / (1 − β₂ᵗ)) + ε)
 */
export const nesterovAdam = (numbers: NesterovAdamNumbers): Transform =>
  transform({
    name: 'nesterovAdam',
    config: { ...numbers },
    numbers: { ...numbers },
    slots: { m: zeros, v: zeros },
    scalars: ({ t }, now) => ({
      correction1: 1 / (1 - integerPower(now.beta1, t)),
      correction2: 1 / (1 - integerPower(now.beta2, t)),
    }),
    update(g, { slots, scalars: { correction1, correction2 }, numbers: { beta1, beta2, epsilon } }) {
      const m = lerp(g, slots.m, beta1);
      const v = lerp(square(g), slots.v, beta2);
      return { update: div(mul(lerp(g, m, beta1), correction1), add(sqrt(mul(v, correction2)), epsilon)), slots: { m, v } };
    },
  });

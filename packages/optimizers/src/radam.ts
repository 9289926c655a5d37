import {
  add,
  chain,
  checkSchedule,
  complete,
  div,
  equal,
  lerp,
  mul,
  named,
  select,
  sqrt,
  square,
  transform,
  zeros,
  type ScheduleLike,
  type Transform,
} from '@downhill/core';
import { integerPower } from '@downhill/core/math';
import { scaleByLearningRate } from './scale-by-learning-rate.ts';

/** Options of {@link scaleByRadam}; defaults from PyTorch's `RAdam`. */
export interface ScaleByRadamOptions {
  /** The share of the old first moment that stays, in [0, 1). @defaultValue 0.9 (the paper, PyTorch) */
  beta1?: ScheduleLike;
  /** The share of the old second moment that stays, in [0, 1). @defaultValue 0.999 (the paper, PyTorch) */
  beta2?: ScheduleLike;
  /** Added to the root of v before its bias correction, at least 0. @defaultValue 1e-8 (PyTorch) */
  epsilon?: ScheduleLike;
}

const radamDefaults: Required<ScaleByRadamOptions> = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8 };

/**
 * The RAdam direction: Adam that is as bold as the second moment is certain, and goes by the first alone as long as that is a guess.
 *
 *     ρ∞ = 2 / (1 − β₂) − 1        ρₜ = ρ∞ − 2 t β₂ᵗ / (1 − β₂ᵗ)        m̂ₜ = mₜ / (1 − β₁ᵗ)
 *     ρₜ > 5: uₜ = rₜ m̂ₜ √(1 − β₂ᵗ) / (√vₜ + ε),  rₜ² = (ρₜ − 4) (ρₜ − 2) ρ∞ / ((ρ∞ − 4) (ρ∞ − 2) ρₜ)        else uₜ = m̂ₜ
 *
 * Liu et al. 2020, algorithm 2 (arXiv:1908.03265), with the threshold of PyTorch and optax, 5 (the paper has 4). Slots: `m`, `v`, shaped like
 * the parameter.
 *
 * @example
 * const rule = scaleByRadam({ beta2: 0.99 });
 * rule.name; // 'scaleByRadam'
 *
 * @throws DownhillError `invalid-argument` where a number is out of its range.
 */
export function scaleByRadam(options: ScaleByRadamOptions = {}): Transform {
  const config = complete('scaleByRadam', options, radamDefaults);
  const { beta1, beta2, epsilon } = config;
  checkSchedule('scaleByRadam', { beta1, beta2 }, { min: 0, below: 1 });
  checkSchedule('scaleByRadam', { epsilon }, { min: 0 });
  return transform({
    name: 'scaleByRadam',
    config,
    numbers: { beta1, beta2, epsilon },
    slots: { m: zeros, v: zeros },
    scalars({ t }, now) {
      const correction1 = 1 / (1 - integerPower(now.beta1, t));
      const rectification = rectificationAt(now.beta2, t);
      return { certain: Number(rectification > 0), factor: correction1 * (rectification > 0 ? rectification : 1) };
    },
    update(g, { slots, scalars: { certain, factor }, numbers }) {
      const m = lerp(g, slots.m, numbers.beta1);
      const v = lerp(square(g), slots.v, numbers.beta2);
      const divisor = select(equal(certain, 1), add(sqrt(v), numbers.epsilon), 1);
      return { update: div(mul(m, factor), divisor), slots: { m, v } };
    },
  });
}

/** rₜ √(1 − β₂ᵗ), and 0 where the second moment is not certain enough. */
function rectificationAt(beta2: number, t: number): number {
  const power = integerPower(beta2, t);
  const most = 2 / (1 - beta2) - 1;
  const now = most - (2 * t * power) / (1 - power);
  return now > 5 ? Math.sqrt((((now - 4) * (now - 2) * most) / ((most - 4) * (most - 2) * now)) * (1 - power)) : 0;
}

/** Options of {@link radam}. */
export interface RadamOptions extends ScaleByRadamOptions {
  /** @defaultValue 1e-3 (PyTorch) */
  learningRate?: ScheduleLike;
}

/**
 * RAdam, which needs no warm-up: {@link scaleByRadam}, {@link scaleByLearningRate}.
 *
 * @example
 * const rule = radam({ learningRate: 3e-4 });
 * rule.name; // 'radam'
 *
 * @throws DownhillError `invalid-argument` where a number is out of its range.
 */
export function radam(options: RadamOptions = {}): Transform {
  const config = complete('radam', options, { learningRate: 1e-3, ...radamDefaults });
  const { learningRate, ...rule } = config;
  return named('radam', config, chain(scaleByRadam(rule), scaleByLearningRate(learningRate)));
}

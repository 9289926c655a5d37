import {
  add,
  chain,
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
import { scaleByLearningRate } from './scale-by-learning-rate.ts';

/** Options of {@link scaleByAdadelta}; defaults from PyTorch's `Adadelta`. */
export interface ScaleByAdadeltaOptions {
  /** ρ, the share of the old means that stays, in [0, 1). @defaultValue 0.9 (PyTorch, optax; Keras and the paper have 0.95) */
  decayRate?: ScheduleLike;
  /** Added under both roots, above 0: the first step is made of it. @defaultValue 1e-6 (PyTorch, optax, the paper; Keras has 1e-7) */
  epsilon?: ScheduleLike;
}

const adadeltaDefaults: Required<ScaleByAdadeltaOptions> = { decayRate: 0.9, epsilon: 1e-6 };

/**
 * The AdaDelta direction: RMSProp with the size of the last updates in the place of a learning rate, so that it has the unit of the weight.
 *
 *     sₜ = ρ sₜ₋₁ + (1 − ρ) gₜ²        uₜ = √(dₜ₋₁ + ε) / √(sₜ + ε) · gₜ        dₜ = ρ dₜ₋₁ + (1 − ρ) uₜ²
 *
 * Zeiler 2012, algorithm 1 (arXiv:1212.5701). Slots: `square` (s), `delta` (d), shaped like the parameter.
 *
 * @example
 * const rule = scaleByAdadelta({ decayRate: 0.95 });
 * rule.name; // 'scaleByAdadelta'
 *
 * @throws DownhillError `invalid-argument` where a number is out of its range.
 */
export function scaleByAdadelta(options: ScaleByAdadeltaOptions = {}): Transform {
  const config = complete('scaleByAdadelta', options, adadeltaDefaults);
  const { decayRate, epsilon } = config;
  checkSchedule('scaleByAdadelta', { decayRate }, { min: 0, below: 1 });
  checkSchedule('scaleByAdadelta', { epsilon }, { above: 0 });
  return transform({
    name: 'scaleByAdadelta',
    config,
    numbers: { decayRate, epsilon },
    slots: { square: zeros, delta: zeros },
    update(g, { slots, numbers }) {
      const s = lerp(square(g), slots.square, numbers.decayRate);
      const update = mul(div(sqrt(add(slots.delta, numbers.epsilon)), sqrt(add(s, numbers.epsilon))), g);
      return { update, slots: { square: s, delta: lerp(square(update), slots.delta, numbers.decayRate) } };
    },
  });
}

/** Options of {@link adadelta}. */
export interface AdadeltaOptions extends ScaleByAdadeltaOptions {
  /** @defaultValue 1 (PyTorch, the paper, which has none; Keras has 1e-3) */
  learningRate?: ScheduleLike;
}

/**
 * AdaDelta: {@link scaleByAdadelta}, {@link scaleByLearningRate}.
 *
 * @example
 * const rule = adadelta({ learningRate: 0.5 });
 * rule.name; // 'adadelta'
 *
 * @throws DownhillError `invalid-argument` where a number is out of its range.
 */
export function adadelta(options: AdadeltaOptions = {}): Transform {
  const config = complete('adadelta', options, { learningRate: 1, ...adadeltaDefaults });
  const { learningRate, ...rule } = config;
  return named('adadelta', config, chain(scaleByAdadelta(rule), scaleByLearningRate(learningRate)));
}

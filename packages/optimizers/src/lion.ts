import {
  chain,
  checkSchedule,
  complete,
  lerp,
  named,
  sign,
  transform,
  zeros,
  type Mask,
  type ScheduleLike,
  type Transform,
} from '@downhill/core';
import { decayWeights } from './decay-weights.ts';
import { scaleByLearningRate } from './scale-by-learning-rate.ts';

/** Options of {@link scaleByLion}; defaults from Chen et al. 2023, algorithm 2. */
export interface ScaleByLionOptions {
  /** The share of the old momentum in the direction, in [0, 1). @defaultValue 0.9 (the paper, Keras, optax, timm) */
  beta1?: ScheduleLike;
  /** The share of the old momentum in the next momentum, in [0, 1). @defaultValue 0.99 (the paper, Keras, optax, timm) */
  beta2?: ScheduleLike;
}

const lionDefaults: Required<ScaleByLionOptions> = { beta1: 0.9, beta2: 0.99 };

/**
 * The Lion direction: only the sign of a blend of momentum and gradient.
 *
 *     uₜ = sign(β₁ mₜ₋₁ + (1 − β₁) gₜ)        mₜ = β₂ mₜ₋₁ + (1 − β₂) gₜ
 *
 * Chen et al. 2023, algorithm 2 (arXiv:2302.06675). Slots: `m`, shaped like the parameter.
 *
 * @example
 * const rule = scaleByLion({ beta2: 0.98 });
 * rule.name; // 'scaleByLion'
 *
 * @throws DownhillError `invalid-argument` where a number is out of its range.
 */
export function scaleByLion(options: ScaleByLionOptions = {}): Transform {
  const config = complete('scaleByLion', options, lionDefaults);
  const { beta1, beta2 } = config;
  checkSchedule('scaleByLion', { beta1, beta2 }, { min: 0, below: 1 });
  return transform({
    name: 'scaleByLion',
    config,
    numbers: { beta1, beta2 },
    slots: { m: zeros },
    update: (g, { slots, numbers }) => ({
      update: sign(lerp(g, slots.m, numbers.beta1)),
      slots: { m: lerp(g, slots.m, numbers.beta2) },
    }),
  });
}

/** Options of {@link lion}; defaults from the authors' PyTorch code (google/automl, `lion/lion_pytorch.py`). */
export interface LionOptions extends ScaleByLionOptions {
  /** A tenth to a third of AdamW's. @defaultValue 1e-4 (the authors; Keras has 1e-3) */
  learningRate?: ScheduleLike;
  /** Decoupled: taken from the weight, times the learning rate; three to ten times AdamW's. @defaultValue 0 (the authors) */
  weightDecay?: ScheduleLike;
  /** Which weights decay, such as `kernelsOnly`. @defaultValue all */
  decayMask?: Mask;
}

/**
 * Lion with decoupled weight decay: {@link scaleByLion}, {@link decayWeights}, {@link scaleByLearningRate}.
 *
 *     wₜ = wₜ₋₁ − ηₜ (uₜ + λ wₜ₋₁)
 *
 * @example
 * const rule = lion({ learningRate: 3e-4, weightDecay: 1 });
 * rule.name; // 'lion'
 *
 * @throws DownhillError `invalid-argument` where a number is out of its range.
 */
export function lion(options: LionOptions = {}): Transform {
  const config = complete('lion', options, { learningRate: 1e-4, weightDecay: 0, decayMask: undefined, ...lionDefaults });
  const { learningRate, weightDecay, decayMask, ...rule } = config;
  checkSchedule('lion', { weightDecay }, { min: 0 });
  return named('lion', config, chain(scaleByLion(rule), decayWeights(weightDecay, decayMask), scaleByLearningRate(learningRate)));
}

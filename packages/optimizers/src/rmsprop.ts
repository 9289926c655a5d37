import {
  add,
  chain,
  checkNumber,
  checkSchedule,
  complete,
  div,
  filledWith,
  lerp,
  mul,
  named,
  sqrt,
  square,
  sub,
  transform,
  zeros,
  type Expression,
  type Operand,
  type ScheduleLike,
  type Transform,
} from '@downhill/core';
import { scaleByMomentum } from './momentum.ts';
import { scaleByLearningRate } from './scale-by-learning-rate.ts';

/** Options of {@link scaleByRms}; defaults from PyTorch's `RMSprop`. */
export interface ScaleByRmsOptions {
  /** The share of the old mean square that stays, in [0, 1). @defaultValue 0.99 (PyTorch; Keras has 0.9) */
  decayRate?: ScheduleLike;
  /** Added to the root, at least 0. @defaultValue 1e-8 (PyTorch) */
  epsilon?: ScheduleLike;
  /** Add epsilon under the root instead: √(s + ε). @defaultValue false (PyTorch; Keras and TensorFlow do) */
  epsilonInRoot?: boolean;
  /** What the mean square starts at, at least 0: no schedule. @defaultValue 0 (PyTorch, Keras; TensorFlow has 1) */
  initialScale?: number;
  /** Divide by the standard deviation instead: the squared mean is taken off. @defaultValue false (PyTorch, Keras) */
  centered?: boolean;
}

export const rmsDefaults: Required<ScaleByRmsOptions> = {
  decayRate: 0.99,
  epsilon: 1e-8,
  epsilonInRoot: false,
  initialScale: 0,
  centered: false,
};

/**
 * Divides by the root of a decaying mean of squared gradients.
 *
 *     sₜ = ρ sₜ₋₁ + (1 − ρ) gₜ²        uₜ = gₜ / (√sₜ + ε)
 *     centered: mₜ = ρ mₜ₋₁ + (1 − ρ) gₜ,  √(sₜ − mₜ²) in place of the root
 *
 * Tieleman & Hinton 2012, lecture 6.5; centered: Graves 2013, equations 38 to 40 (arXiv:1308.0850), with ε outside the root
 * as in PyTorch. There sₜ − mₜ² is kept as it is, vₜ = ρ (vₜ₋₁ + (1 − ρ) (gₜ − mₜ₋₁)²): the same number, but the difference of two
 * large ones would lose it in rounding, and fall below 0. Slots: `square`, or `variance` and `mean` if centered, shaped like
 * the parameter.
 *
 * @example
 * const rule = scaleByRms({ centered: true });
 * rule.name; // 'scaleByRms'
 *
 * @throws DownhillError `invalid-argument` where a number is out of its range.
 */
export function scaleByRms(options: ScaleByRmsOptions = {}): Transform {
  const config = complete('scaleByRms', options, rmsDefaults);
  const { decayRate, epsilon, epsilonInRoot, initialScale, centered } = config;
  checkSchedule('scaleByRms', { decayRate }, { min: 0, below: 1 });
  checkSchedule('scaleByRms', { epsilon }, { min: 0 });
  checkNumber('scaleByRms', { initialScale }, { min: 0 });
  const rule = { name: 'scaleByRms', config, numbers: { decayRate, epsilon } };
  const divide = (g: Expression, s: Expression, tiny: Operand): Expression =>
    div(g, epsilonInRoot ? sqrt(add(s, tiny)) : add(sqrt(s), tiny));
  if (!centered)
    return transform({
      ...rule,
      slots: { square: filledWith(initialScale) },
      update(g, { slots, numbers }) {
        const next = lerp(square(g), slots.square, numbers.decayRate);
        return { update: divide(g, next, numbers.epsilon), slots: { square: next } };
      },
    });
  return transform({
    ...rule,
    slots: { variance: filledWith(initialScale), mean: zeros },
    update(g, { slots, numbers }) {
      const deviation = mul(square(sub(g, slots.mean)), sub(1, numbers.decayRate));
      const variance = mul(add(slots.variance, deviation), numbers.decayRate);
      return { update: divide(g, variance, numbers.epsilon), slots: { variance, mean: lerp(g, slots.mean, numbers.decayRate) } };
    },
  });
}

/** Options of {@link rmsprop}. */
export interface RmspropOptions extends ScaleByRmsOptions {
  /** @defaultValue 0.01 (PyTorch) */
  learningRate?: ScheduleLike;
  /** Momentum of the divided gradient, in [0, 1). @defaultValue 0 (PyTorch, Keras) */
  momentum?: ScheduleLike;
}

/**
 * RMSProp: {@link scaleByRms}, momentum if asked for, {@link scaleByLearningRate}. TensorFlow's is {@link rmspropTf}.
 *
 * @example
 * const rule = rmsprop({ learningRate: 1e-3, momentum: 0.9 });
 * rule.name; // 'rmsprop'
 *
 * @throws DownhillError `invalid-argument` where a number is out of its range.
 */
export function rmsprop(options: RmspropOptions = {}): Transform {
  const config = complete('rmsprop', options, { learningRate: 0.01, momentum: 0, ...rmsDefaults });
  const { learningRate, momentum, ...rule } = config;
  checkSchedule('rmsprop', { momentum }, { min: 0, below: 1 });
  const velocity = momentum === 0 ? [] : [scaleByMomentum({ momentum })];
  return named('rmsprop', config, chain(scaleByRms(rule), ...velocity, scaleByLearningRate(learningRate)));
}

import { add, chain, checkNumber, div, lerp, max, named, sqrt, square, sub, transform, zeros, type ScheduleLike, type Transform } from '@downhill/core';
import { scaleByMomentum } from './momentum.ts';
import { scaleByLearningRate } from './scale-by-learning-rate.ts';

/** Options of {@link scaleByRms}; defaults from PyTorch's `RMSprop`. */
export interface ScaleByRmsOptions {
  /** The share of the old mean square that stays, in [0, 1). @defaultValue 0.99 (PyTorch; Keras has 0.9) */
  decayRate?: number;
  /** Added to the root, at least 0. @defaultValue 1e-8 (PyTorch) */
  epsilon?: number;
  /** Divide by the standard deviation instead: the squared mean is taken off. @defaultValue false (PyTorch, Keras) */
  centered?: boolean;
}

/**
 * Divides by the root of a decaying mean of squared gradients.
 *
 *     sₜ = ρ sₜ₋₁ + (1 − ρ) gₜ²        uₜ = gₜ / (√sₜ + ε)
 *     centered: mₜ = ρ mₜ₋₁ + (1 − ρ) gₜ,  √(sₜ − mₜ²) in place of the root
 *
 * Tieleman & Hinton 2012, lecture 6.5; centered: Graves 2013, equations 38 to 40 (arXiv:1308.0850), with ε outside the root
 * as in PyTorch. Slots: `square`, and `mean` if centered, shaped like the parameter.
 *
 * @example
 * const rule = scaleByRms({ centered: true });
 * rule.name; // 'scaleByRms'
 *
 * @throws DownhillError `invalid-argument` where a number is out of its range.
 */
export function scaleByRms({ decayRate = 0.99, epsilon = 1e-8, centered = false }: ScaleByRmsOptions = {}): Transform {
  checkNumber('scaleByRms', { decayRate }, { min: 0, below: 1 });
  checkNumber('scaleByRms', { epsilon }, { min: 0 });
  return transform<'square' | 'mean'>({
    name: 'scaleByRms',
    config: { decayRate, epsilon, centered },
    slots: () => (centered ? { square: zeros, mean: zeros } : { square: zeros }) as { square: typeof zeros; mean: typeof zeros },
    update(g, { slots }) {
      const nextSquare = lerp(square(g), slots.square, decayRate);
      if (!centered) return { update: div(g, add(sqrt(nextSquare), epsilon)), slots: { square: nextSquare } };
      const mean = lerp(g, slots.mean, decayRate);
      const variance = max(sub(nextSquare, square(mean)), 0); // rounding can bring it below 0
      return { update: div(g, add(sqrt(variance), epsilon)), slots: { square: nextSquare, mean } };
    },
  });
}

/** Options of {@link rmsprop}. */
export interface RmspropOptions extends ScaleByRmsOptions {
  /** @defaultValue 0.01 (PyTorch) */
  learningRate?: ScheduleLike;
  /** Momentum of the divided gradient, in [0, 1). @defaultValue 0 (PyTorch, Keras) */
  momentum?: number;
}

/**
 * RMSProp: {@link scaleByRms}, momentum if asked for, {@link scaleByLearningRate}.
 *
 * @example
 * const rule = rmsprop({ learningRate: 1e-3, momentum: 0.9 });
 * rule.name; // 'rmsprop'
 *
 * @throws DownhillError `invalid-argument` where a number is out of its range.
 */
export function rmsprop({ learningRate = 0.01, momentum = 0, ...rule }: RmspropOptions = {}): Transform {
  checkNumber('rmsprop', { momentum }, { min: 0, below: 1 });
  const velocity = momentum === 0 ? [] : [scaleByMomentum({ momentum })];
  return named('rmsprop', { learningRate, momentum, ...rule }, chain(scaleByRms(rule), ...velocity, scaleByLearningRate(learningRate)));
}

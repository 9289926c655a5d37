import {
  add,
  chain,
  checkNumber,
  checkSchedule,
  complete,
  div,
  filledWith,
  named,
  sqrt,
  square,
  transform,
  type ScheduleLike,
  type Transform,
} from '@downhill/core';
import { scaleByLearningRate } from './scale-by-learning-rate.ts';

/** Options of {@link scaleByAdagrad}; defaults from PyTorch's `Adagrad`. */
export interface ScaleByAdagradOptions {
  /** What the sum of squares starts at, at least 0: no schedule. @defaultValue 0 (PyTorch; Keras has 0.1) */
  initialAccumulator?: number;
  /** Added to the root, at least 0. @defaultValue 1e-10 (PyTorch) */
  epsilon?: ScheduleLike;
}

const adagradDefaults: Required<ScaleByAdagradOptions> = { initialAccumulator: 0, epsilon: 1e-10 };

/**
 * Divides by the root of the sum of all squared gradients: the steps die out over a long run.
 *
 *     sₜ = sₜ₋₁ + gₜ²        uₜ = gₜ / (√sₜ + ε)
 *
 * Duchi et al. 2011, figure 1 (diagonal form). Slots: `sum`, shaped like the parameter.
 *
 * @example
 * const rule = scaleByAdagrad();
 * rule.name; // 'scaleByAdagrad'
 *
 * @throws DownhillError `invalid-argument` where a number is negative or not finite.
 */
export function scaleByAdagrad(options: ScaleByAdagradOptions = {}): Transform {
  const config = complete('scaleByAdagrad', options, adagradDefaults);
  const { initialAccumulator, epsilon } = config;
  checkNumber('scaleByAdagrad', { initialAccumulator }, { min: 0 });
  checkSchedule('scaleByAdagrad', { epsilon }, { min: 0 });
  return transform({
    name: 'scaleByAdagrad',
    config,
    numbers: { epsilon },
    slots: { sum: filledWith(initialAccumulator) },
    update(g, { slots, numbers }) {
      const sum = add(slots.sum, square(g));
      return { update: div(g, add(sqrt(sum), numbers.epsilon)), slots: { sum } };
    },
  });
}

/** Options of {@link adagrad}. */
export interface AdagradOptions extends ScaleByAdagradOptions {
  /** @defaultValue 0.01 (PyTorch) */
  learningRate?: ScheduleLike;
}

/**
 * AdaGrad: {@link scaleByAdagrad}, {@link scaleByLearningRate}.
 *
 * @example
 * const rule = adagrad({ learningRate: 0.1 });
 * rule.name; // 'adagrad'
 *
 * @throws DownhillError `invalid-argument` where a number is out of its range.
 */
export function adagrad(options: AdagradOptions = {}): Transform {
  const config = complete('adagrad', options, { learningRate: 0.01, ...adagradDefaults });
  const { learningRate, ...rule } = config;
  return named('adagrad', config, chain(scaleByAdagrad(rule), scaleByLearningRate(learningRate)));
}

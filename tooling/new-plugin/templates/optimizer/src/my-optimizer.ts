import {
  checkNumber,
  checkSchedule,
  complete,
  lerp,
  mul,
  transform,
  valueAt,
  zeros,
  type ScheduleLike,
  type Transform,
} from '@downhill/core';

/** Options of {@link myOptimizer}; say whose defaults these are. */
export interface MyOptimizerOptions {
  /** At least 0; a number or a schedule. @defaultValue 0.01 */
  learningRate?: ScheduleLike;
  /** The share of the old average that stays, in [0, 1). @defaultValue 0.9 */
  beta?: number;
}

/**
 * Follows a moving average of the gradients. Write the equations of your rule here, in the letters of its paper, and the code below in the same
 * letters.
 *
 *     mₜ = β mₜ₋₁ + (1 − β) gₜ
 *     wₜ = wₜ₋₁ − ηₜ mₜ
 *
 * Cite the paper and its equation. Slots: `m`, shaped like the parameter.
 *
 * @example
 * const rule = myOptimizer({ learningRate: 0.1 });
 * rule.name; // 'myOptimizer'
 *
 * @throws DownhillError `invalid-argument` where a number is out of its range.
 */
export function myOptimizer(options: MyOptimizerOptions = {}): Transform {
  const config = complete('myOptimizer', options, { learningRate: 0.01, beta: 0.9 });
  const { learningRate, beta } = config;
  checkSchedule('myOptimizer', { learningRate }, { min: 0 });
  checkNumber('myOptimizer', { beta }, { min: 0, below: 1 });
  return transform<'m', 'rate'>({
    name: 'myOptimizer',
    config,
    slots: { m: zeros },
    scalars: ({ step }) => ({ rate: valueAt(learningRate, step) }),
    update(g, { slots, scalars: { rate } }) {
      const m = lerp(g, slots.m, beta);
      return { update: mul(m, rate), slots: { m } };
    },
  });
}

import { checkSchedule, complete, lerp, mul, transform, zeros, type ScheduleLike, type Transform } from '@downhill/core';

/** Options of {@link myOptimizer}; say whose defaults these are. */
export interface MyOptimizerOptions {
  /** At least 0; a number or a schedule. @defaultValue 0.01 */
  learningRate?: ScheduleLike;
  /** The share of the old average that stays, in [0, 1). @defaultValue 0.9 */
  beta?: ScheduleLike;
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
  checkSchedule('myOptimizer', { beta }, { min: 0, below: 1 });
  return transform({
    name: 'myOptimizer',
    config,
    numbers: { learningRate, beta },
    slots: { m: zeros },
    update(g, { slots, numbers }) {
      const m = lerp(g, slots.m, numbers.beta);
      return { update: mul(numbers.learningRate, m), slots: { m } };
    },
  });
}

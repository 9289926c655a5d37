import { checkSchedule, mul, transform, valueAt, type ScheduleLike, type Transform } from '@downhill/core';

/**
 * Multiplies the update by the learning rate; last in nearly every chain.
 *
 *     uₜ = ηₜ gₜ
 *
 * The rate of the step is in `optimizer.scalars.learningRate` (tfjs has no `optimizer.getLearningRate()`).
 *
 * @example
 * const rule = scaleByLearningRate(0.1);
 * rule.name; // 'scaleByLearningRate'
 *
 * @throws DownhillError `invalid-argument` where the rate is neither a finite number nor a schedule.
 */
export function scaleByLearningRate(learningRate: ScheduleLike): Transform {
  checkSchedule('scaleByLearningRate', { learningRate });
  return transform({
    name: 'scaleByLearningRate',
    config: [learningRate],
    scalars: ({ step }) => ({ learningRate: valueAt(learningRate, step) }),
    update: (g, { scalars }) => mul(g, scalars.learningRate),
  });
}

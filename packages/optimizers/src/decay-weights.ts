import {
  add,
  checkMask,
  checkSchedule,
  masked,
  mul,
  named,
  transform,
  valueAt,
  type Mask,
  type ScheduleLike,
  type Transform,
} from '@downhill/core';

/**
 * Adds a share of the weight to the update. Its place in the chain decides what that is:
 *
 *     chain(decayWeights(λ), scaleByAdam(), ...)   an L2 penalty ½ λ‖w‖²: Adam divides the decay too, so that weights with
 *                                                  large gradients hardly decay
 *     chain(scaleByAdam(), decayWeights(λ), ...)   decoupled decay: all weights shrink by the same share η λ
 *
 *     uₜ = gₜ + λₜ wₜ
 *
 * Loshchilov & Hutter 2019 (arXiv:1711.05101), algorithm 2. Under plain SGD the two are the same.
 *
 * @param weightDecay λ, at least 0; a schedule may change it.
 * @param mask Which weights decay, such as `kernelsOnly`; without one all do (as in PyTorch and Keras).
 *
 * @example
 * const rule = decayWeights(0.01, { minRank: 2 });
 * rule.name; // 'decayWeights'
 *
 * @throws DownhillError `invalid-argument` where `weightDecay` is neither a number of at least 0 nor a schedule, or the mask is none.
 */
export function decayWeights(weightDecay: ScheduleLike, mask?: Mask): Transform {
  checkSchedule('decayWeights', { weightDecay }, { min: 0 });
  const rule = transform({
    name: 'decayWeights',
    config: [weightDecay],
    scalars: ({ step }) => ({ weightDecay: valueAt(weightDecay, step) }),
    update: (g, { parameter, scalars }) => add(g, mul(parameter, scalars.weightDecay)),
  });
  if (mask === undefined) return rule;
  checkMask('decayWeights', mask);
  return named('decayWeights', [weightDecay, mask], masked(rule, mask));
}

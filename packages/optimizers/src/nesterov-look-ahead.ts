import { add, checkSchedule, complete, mul, transform, zeros, type ScheduleLike, type Transform } from '@downhill/core';
import { sub, mul as times, type Tensor } from '@tensorflow/tfjs-core';

/** Options of {@link nesterovLookAhead}. */
export interface NesterovLookAheadOptions {
  /** @defaultValue 0.01 (Keras' `SGD`) */
  learningRate?: ScheduleLike;
  /** ρ, the share of the velocity that stays, in [0, 1). @defaultValue 0.9 (the lecture, slide 4) */
  momentum?: ScheduleLike;
}

/**
 * Nesterov momentum as it was first written: the gradient is taken where the velocity is about to carry the weight.
 *
 *     vₜ = ρ vₜ₋₁ + ∇L(wₜ₋₁ − η ρ vₜ₋₁)        wₜ = wₜ₋₁ − η vₜ
 *
 * Nesterov 1983; Sutskever et al. 2013, equations 3 and 4. How it relates to `sgd({ nesterov: true })`: that one keeps the
 * looked-ahead point yₜ = wₜ − η ρ vₜ in the place of the weight, so that the gradient is taken at the weight itself. With
 * a constant learning rate its weights are exactly the y of this one, and the last step back differs.
 *
 * Looks at the loss itself: works in `minimize` and `model.fit`, not with `applyGradients`. Slots: `velocity`.
 *
 * @example
 * const rule = nesterovLookAhead({ learningRate: 0.1 });
 * rule.name; // 'nesterovLookAhead'
 *
 * @throws DownhillError `invalid-argument` where a number is out of its range.
 */
export function nesterovLookAhead(options: NesterovLookAheadOptions = {}): Transform {
  const config = complete('nesterovLookAhead', options, { learningRate: 0.01, momentum: 0.9 });
  const { learningRate, momentum } = config;
  checkSchedule('nesterovLookAhead', { learningRate });
  checkSchedule('nesterovLookAhead', { momentum }, { min: 0, below: 1 });
  return transform<'velocity', never, Tensor, 'learningRate' | 'momentum'>({
    name: 'nesterovLookAhead',
    config,
    numbers: { learningRate, momentum },
    slots: { velocity: zeros },
    gradients({ parameters, scalars, slot, weight, setWeight, evaluate }) {
      const ahead = (scalars['momentum'] ?? 0) * (scalars['learningRate'] ?? 0);
      for (const { name } of parameters) setWeight(name, sub(weight(name), times(slot(name, 'velocity'), ahead)));
      return evaluate().gradients;
    },
    update(g, { slots, numbers }) {
      const velocity = add(mul(slots.velocity, numbers.momentum), g);
      return { update: mul(velocity, numbers.learningRate), slots: { velocity } };
    },
  });
}

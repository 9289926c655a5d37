import { add, mul, transform, valueAt, zeros, type Transform } from '@downhill/core';
import type { RuleSettings } from './walk.ts';

/** Friction of the lecture on training networks (slide 4), as Keras and PyTorch users write it too. */
const MOMENTUM = 0.9;

/**
 * Stochastic gradient descent with momentum and an L2 penalty, as in PyTorch's `SGD`:
 *
 *     vₜ = 0.9 vₜ₋₁ + gₜ + λ wₜ₋₁        wₜ = wₜ₋₁ − ηₜ vₜ
 */
export const momentumRule = ({ learningRate, weightDecay }: RuleSettings): Transform =>
  transform({
    name: 'momentumOfSevenSteps',
    config: { learningRate, weightDecay },
    slots: { velocity: zeros },
    scalars: ({ step }) => ({ learningRate: valueAt(learningRate, step), weightDecay }),
    update(g, { parameter, slots, scalars }) {
      const velocity = add(mul(slots.velocity, MOMENTUM), add(g, mul(parameter, scalars.weightDecay)));
      return { update: mul(velocity, scalars.learningRate), slots: { velocity } };
    },
  });

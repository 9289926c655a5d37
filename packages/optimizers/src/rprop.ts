import {
  checkNumber,
  checkSchedule,
  clamp,
  complete,
  DownhillError,
  filledWith,
  greater,
  less,
  mul,
  select,
  sign,
  transform,
  zeros,
  type ScheduleLike,
  type Transform,
} from '@downhill/core';

/** Options of {@link rprop}; defaults from PyTorch's `Rprop`. */
export interface RpropOptions {
  /** The first step of each weight, above 0; it finds the others itself, so this is no schedule. @defaultValue 0.01 (PyTorch) */
  learningRate?: number;
  /** What a step shrinks by when the slope turns, above 0 and below 1. @defaultValue 0.5 (the paper, PyTorch) */
  shrink?: ScheduleLike;
  /** What a step grows by when the slope stays, above 1. @defaultValue 1.2 (the paper, PyTorch) */
  grow?: ScheduleLike;
  /** No step is smaller, above 0. @defaultValue 1e-6 (PyTorch) */
  minStep?: ScheduleLike;
  /** No step is larger. @defaultValue 50 (the paper, PyTorch) */
  maxStep?: ScheduleLike;
}

/**
 * Resilient propagation: each weight has a step of its own, and of the gradient only the sign counts. For whole batches: noise would
 * turn the sign.
 *
 *     cₜ = gₜ dₜ₋₁        Δₜ = clamp(Δₜ₋₁ · {shrink where cₜ < 0, grow where cₜ > 0, 1}, minStep, maxStep)
 *     dₜ = {0 where cₜ < 0, else sign(gₜ)}        wₜ = wₜ₋₁ − dₜ Δₜ
 *
 * Riedmiller & Braun 1993; where the slope turned, a step is left out instead of taken back (Igel & Hüsken 2000, iRprop−), as in PyTorch.
 * Slots: `direction` (d), `size` (Δ), shaped like the parameter.
 *
 * @example
 * const rule = rprop({ learningRate: 0.1 });
 * rule.name; // 'rprop'
 *
 * @throws DownhillError `invalid-argument` where a number is out of its range, or `minStep` above `maxStep`.
 */
export function rprop(options: RpropOptions = {}): Transform {
  const config = complete('rprop', options, { learningRate: 0.01, shrink: 0.5, grow: 1.2, minStep: 1e-6, maxStep: 50 });
  const { learningRate, shrink, grow, minStep, maxStep } = config;
  checkNumber('rprop', { learningRate }, { above: 0 }, 'It is where the steps start; they change by themselves.');
  checkSchedule('rprop', { shrink }, { above: 0, below: 1 });
  checkSchedule('rprop', { grow }, { above: 1 });
  checkSchedule('rprop', { minStep, maxStep }, { above: 0 });
  if (typeof minStep === 'number' && typeof maxStep === 'number' && minStep > maxStep)
    throw new DownhillError({
      code: 'invalid-argument',
      source: 'rprop',
      problem: `\`minStep\` must be at most \`maxStep\` (${maxStep}), got ${minStep}`,
    });
  return transform({
    name: 'rprop',
    config,
    numbers: { shrink, grow, minStep, maxStep },
    slots: { direction: zeros, size: filledWith(learningRate) },
    update(g, { slots, numbers }) {
      const agreement = mul(g, slots.direction); // does not overflow: the direction is −1, 0 or 1
      const factor = select(less(agreement, 0), numbers.shrink, select(greater(agreement, 0), numbers.grow, 1));
      const size = clamp(mul(slots.size, factor), numbers.minStep, numbers.maxStep);
      const direction = select(less(agreement, 0), 0, sign(g));
      return { update: mul(direction, size), slots: { direction, size } };
    },
  });
}

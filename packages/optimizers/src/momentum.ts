import { add, checkSchedule, complete, DownhillError, mul, transform, zeros, type ScheduleLike, type Transform } from '@downhill/core';

/** Options of {@link scaleByMomentum}; defaults from PyTorch's `SGD`, but for the momentum itself. */
export interface ScaleByMomentumOptions {
  /** Friction ρ: the share of the velocity that stays, in [0, 1). @defaultValue 0.9 (the lecture, slide 4; PyTorch has 0) */
  momentum?: ScheduleLike;
  /** The share of the gradient that is kept out of the velocity, in [0, 1]; the first gradient enters whole. @defaultValue 0 (PyTorch) */
  dampening?: ScheduleLike;
  /** Nesterov's form for gradients taken at the weight itself. @defaultValue false (PyTorch, Keras) */
  nesterov?: boolean;
}

export const momentumDefaults: Required<ScaleByMomentumOptions> = { momentum: 0.9, dampening: 0, nesterov: false };

/**
 * A velocity that gradients push and friction slows.
 *
 *     vₜ = ρ vₜ₋₁ + (1 − dampening) gₜ,  v₁ = g₁        uₜ = vₜ        nesterov: uₜ = gₜ + ρ vₜ
 *
 * Polyak 1964; Sutskever et al. 2013. Nesterov's form here is the rearranged one: it moves the looked-ahead point instead
 * of the weight, see {@link nesterovLookAhead} for the other. Slots: `velocity`, shaped like the parameter.
 *
 * @example
 * const rule = scaleByMomentum({ momentum: 0.9, nesterov: true });
 * rule.name; // 'scaleByMomentum'
 *
 * @throws DownhillError `invalid-argument` where a number is out of its range.
 */
export function scaleByMomentum(options: ScaleByMomentumOptions = {}): Transform {
  const config = complete('scaleByMomentum', options, momentumDefaults);
  const { momentum, dampening, nesterov } = config;
  checkMomentum('scaleByMomentum', config);
  return transform({
    name: 'scaleByMomentum',
    config,
    numbers: { momentum, dampening },
    slots: { velocity: zeros },
    scalars: ({ step }, now) => ({ push: step === 0 ? 1 : 1 - now.dampening }),
    update(g, { slots, scalars, numbers }) {
      const velocity = add(mul(slots.velocity, numbers.momentum), mul(g, scalars.push));
      return { update: nesterov ? add(g, mul(velocity, numbers.momentum)) : velocity, slots: { velocity } };
    },
  });
}

function checkMomentum(source: string, { momentum, dampening }: Required<ScaleByMomentumOptions>): void {
  checkSchedule(source, { momentum }, { min: 0, below: 1 });
  checkSchedule(source, { dampening }, { min: 0, max: 1 });
}

/** The velocity of a rule that does without one where its momentum is 0. */
export function momentumIfAny(source: string, options: Required<ScaleByMomentumOptions>): readonly Transform[] {
  checkMomentum(source, options);
  if (options.momentum !== 0) return [scaleByMomentum(options)];
  if (!options.nesterov) return [];
  throw new DownhillError({
    code: 'invalid-argument',
    source,
    problem: '`nesterov` takes a `momentum` above 0, got 0',
    advice: 'Pass momentum: 0.9.',
  });
}

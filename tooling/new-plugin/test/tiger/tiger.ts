import {
  add,
  checkNumber,
  checkSchedule,
  complete,
  lerp,
  mul,
  sign,
  transform,
  valueAt,
  zeros,
  type ScheduleLike,
  type Transform,
} from '@downhill/core';

/** Options of {@link tiger}; defaults from the author's code (github.com/bojone/tiger). */
export interface TigerOptions {
  /** At least 0; a number or a schedule. @defaultValue 1e-3 */
  learningRate?: ScheduleLike;
  /** The share of the old momentum that stays, in [0, 1). @defaultValue 0.965 */
  beta?: number;
  /** Decoupled: taken from the weight, times the learning rate. @defaultValue 0.01 */
  weightDecay?: number;
}

/**
 * Tiger, which keeps one momentum and takes its sign: Lion with both of its shares alike.
 *
 *     mₜ = β mₜ₋₁ + (1 − β) gₜ
 *     wₜ = wₜ₋₁ − ηₜ (sign(mₜ) + λ wₜ₋₁)
 *
 * Su 2023, "Tiger: A Tight-fisted Optimizer", equation 1 (kexue.fm/archives/9512); his code also scales the rate of each tensor. Slots: `m`, shaped
 * like the parameter.
 *
 * @example
 * const rule = tiger({ learningRate: 1e-3 });
 * rule.name; // 'tiger'
 *
 * @throws DownhillError `invalid-argument` where a number is out of its range.
 */
export function tiger(options: TigerOptions = {}): Transform {
  const config = complete('tiger', options, { learningRate: 1e-3, beta: 0.965, weightDecay: 0.01 });
  const { learningRate, beta, weightDecay } = config;
  checkSchedule('tiger', { learningRate }, { min: 0 });
  checkNumber('tiger', { beta }, { min: 0, below: 1 });
  checkNumber('tiger', { weightDecay }, { min: 0 });
  return transform<'m', 'rate'>({
    name: 'tiger',
    config,
    slots: { m: zeros },
    scalars: ({ step }) => ({ rate: valueAt(learningRate, step) }),
    update(g, { parameter, slots, scalars: { rate } }) {
      const m = lerp(g, slots.m, beta);
      return { update: mul(rate, add(sign(m), mul(weightDecay, parameter))), slots: { m } };
    },
  });
}

import { add, checkSchedule, complete, lerp, mul, sign, transform, zeros, type ScheduleLike, type Transform } from '@downhill/core';

/** Options of {@link tiger}; defaults from the author's code (github.com/bojone/tiger). */
export interface TigerOptions {
  /** At least 0; a number or a schedule. @defaultValue 1e-3 */
  learningRate?: ScheduleLike;
  /** The share of the old momentum that stays, in [0, 1). @defaultValue 0.965 */
  beta?: ScheduleLike;
  /** Decoupled: taken from the weight, times the learning rate. @defaultValue 0.01 */
  weightDecay?: ScheduleLike;
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
  checkSchedule('tiger', { learningRate, weightDecay }, { min: 0 });
  checkSchedule('tiger', { beta }, { min: 0, below: 1 });
  return transform({
    name: 'tiger',
    config,
    numbers: { learningRate, beta, weightDecay },
    slots: { m: zeros },
    update(g, { parameter, slots, numbers }) {
      const m = lerp(g, slots.m, numbers.beta);
      return { update: mul(numbers.learningRate, add(sign(m), mul(numbers.weightDecay, parameter))), slots: { m } };
    },
  });
}

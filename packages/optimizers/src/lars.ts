import {
  add,
  chain,
  checkSchedule,
  complete,
  div,
  min,
  mul,
  named,
  norm,
  transform,
  type Mask,
  type ScheduleLike,
  type Transform,
} from '@downhill/core';
import { byMask } from './by-mask.ts';
import { momentumDefaults, momentumIfAny, type ScaleByMomentumOptions } from './momentum.ts';
import { scaleByLearningRate } from './scale-by-learning-rate.ts';
import { trustRatio } from './trust-ratio.ts';

/** Options of {@link lars}; defaults from timm's `Lars`, but for momentum and decay. */
export interface LarsOptions extends ScaleByMomentumOptions {
  /** The global rate, which the local ones multiply. @defaultValue 1 (timm) */
  learningRate?: ScheduleLike;
  /** 0 keeps no velocity at all. @defaultValue 0.9 (the paper, optax; timm has 0) */
  momentum?: ScheduleLike;
  /** λ, at least 0. @defaultValue 5e-4 (the paper; timm and optax have 0) */
  weightDecay?: ScheduleLike;
  /** Which weights decay, such as `kernelsOnly`. @defaultValue all */
  decayMask?: Mask;
  /** The share of its length by which a tensor changes in a step, above 0. @defaultValue 1e-3 (the paper, timm, optax) */
  trustCoefficient?: ScheduleLike;
  /** Added to the divisor, at least 0. @defaultValue 1e-8 (timm; the paper and optax have 0) */
  epsilon?: ScheduleLike;
  /** The local rate is at most the global one (LARC): their product takes the smaller. @defaultValue false (timm) */
  trustClip?: boolean;
  /** Weights that do not decay are scaled as well. @defaultValue false (timm) */
  alwaysAdapt?: boolean;
}

type Local = Pick<Required<LarsOptions>, 'learningRate' | 'trustCoefficient' | 'epsilon' | 'trustClip'>;

const adapt = (weightDecay: ScheduleLike, { learningRate, trustCoefficient, epsilon, trustClip }: Local): Transform =>
  transform({
    name: 'adaptLayer',
    config: [],
    numbers: { weightDecay, trustCoefficient, epsilon, rate: learningRate },
    update(g, { parameter, numbers }) {
      const [weights, gradient] = [norm(parameter), norm(g)];
      const divisor = add(add(gradient, mul(weights, numbers.weightDecay)), numbers.epsilon);
      const ratio = trustRatio(mul(weights, numbers.trustCoefficient), gradient, divisor);
      return mul(add(g, mul(parameter, numbers.weightDecay)), trustClip ? min(div(ratio, numbers.rate), 1) : ratio);
    },
  });

/**
 * LARS, for large batches of convolutional nets: a learning rate for each tensor, by the length of its weights and of its gradient.
 *
 *     rₜ = c ‖wₜ₋₁‖ / (‖gₜ‖ + λ ‖wₜ₋₁‖ + ε)        vₜ = ρ vₜ₋₁ + rₜ (gₜ + λ wₜ₋₁)        wₜ = wₜ₋₁ − ηₜ vₜ
 *
 * You et al. 2017, algorithm 1 (arXiv:1708.03888), with the rate outside the velocity as in PyTorch's momentum; a ratio with a 0 in it is 1.
 * Slots: those of `scaleByMomentum`.
 *
 * @example
 * const rule = lars({ learningRate: 2, decayMask: kernelsOnly });
 * rule.name; // 'lars'
 *
 * @throws DownhillError `invalid-argument` where a number is out of its range, and for `nesterov` without momentum.
 */
export function lars(options: LarsOptions = {}): Transform {
  const config = complete('lars', options, {
    learningRate: 1,
    weightDecay: 5e-4,
    decayMask: undefined,
    trustCoefficient: 1e-3,
    epsilon: 1e-8,
    trustClip: false,
    alwaysAdapt: false,
    ...momentumDefaults,
  });
  const { learningRate, weightDecay, decayMask, trustCoefficient, epsilon, alwaysAdapt, momentum, dampening, nesterov } = config;
  checkSchedule('lars', { learningRate });
  checkSchedule('lars', { trustCoefficient }, { above: 0 });
  checkSchedule('lars', { weightDecay, epsilon }, { min: 0 });
  const local = (decay: ScheduleLike): readonly Transform[] => (decay !== 0 || alwaysAdapt ? [adapt(decay, config)] : []);
  const velocity = momentumIfAny('lars', { momentum, dampening, nesterov });
  return named(
    'lars',
    config,
    chain(...byMask('lars', decayMask, local(weightDecay), local(0)), ...velocity, scaleByLearningRate(learningRate)),
  );
}

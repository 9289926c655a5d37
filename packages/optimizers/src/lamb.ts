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
  sub,
  transform,
  type Mask,
  type ScheduleLike,
  type Transform,
} from '@downhill/core';
import { scaleByAdam } from './adam.ts';
import { byMask } from './by-mask.ts';
import { clipByGlobalNorm } from './clip-by-global-norm.ts';
import { scaleByLearningRate } from './scale-by-learning-rate.ts';
import { trustRatio } from './trust-ratio.ts';

/** Options of {@link lamb}; defaults from the paper, and timm's `Lamb` where it has none. */
export interface LambOptions {
  /** @defaultValue 1e-3 (timm, Keras) */
  learningRate?: ScheduleLike;
  /** The share of the old first moment that stays, in [0, 1). @defaultValue 0.9 (the paper, timm, Keras, optax) */
  beta1?: ScheduleLike;
  /** The share of the old second moment that stays, in [0, 1). @defaultValue 0.999 (the paper, timm, Keras, optax) */
  beta2?: ScheduleLike;
  /** Added to the root, at least 0. @defaultValue 1e-6 (the paper, timm, optax; Keras has 1e-7) */
  epsilon?: ScheduleLike;
  /** @defaultValue true (the paper, timm, Keras) */
  biasCorrection?: boolean;
  /** λ, at least 0. @defaultValue 0.01 (the paper, timm; Keras and optax have 0) */
  weightDecay?: ScheduleLike;
  /** Which weights decay, such as `kernelsOnly`. @defaultValue all */
  decayMask?: Mask;
  /** The decay is no part of the update that is measured. @defaultValue false (the paper, timm) */
  decoupledDecay?: boolean;
  /** Weights that do not decay are scaled as well. @defaultValue false (timm; Keras and optax do) */
  alwaysAdapt?: boolean;
  /** The ratio is at most 1. @defaultValue false (timm) */
  trustClip?: boolean;
  /** `false` leaves the factor 1 − β₁ out of the first moment. @defaultValue true (timm) */
  gradAveraging?: boolean;
  /** All gradients together are shortened to this norm first, above 0. @defaultValue none (the paper, Keras, optax; timm has 1) */
  maxGradNorm?: ScheduleLike;
}

type Step = Pick<Required<LambOptions>, 'learningRate' | 'decoupledDecay' | 'trustClip'>;

/** An update of a tensor, with its decay, made as long as the learning rate's share of its weights. */
const adapt = (weightDecay: ScheduleLike, { learningRate, decoupledDecay, trustClip }: Step): Transform =>
  transform({
    name: 'adaptLayer',
    config: [],
    numbers: { weightDecay, rate: learningRate },
    update(u, { parameter, numbers }) {
      const decay = mul(parameter, numbers.weightDecay);
      const whole = decoupledDecay ? u : add(u, decay);
      // A decoupled decay comes first, and the weights are measured after it.
      const left = decoupledDecay ? mul(norm(parameter), sub(1, mul(numbers.rate, numbers.weightDecay))) : norm(parameter);
      const ratio = trustRatio(left, norm(whole), norm(whole));
      const scaled = mul(whole, trustClip ? min(ratio, 1) : ratio);
      return decoupledDecay ? add(scaled, decay) : scaled;
    },
  });

/** The first moment without the factor 1 − β₁. */
const withoutAveraging = (beta1: ScheduleLike): Transform =>
  transform({ name: 'withoutAveraging', config: [], numbers: { beta1 }, update: (u, { numbers }) => div(u, sub(1, numbers.beta1)) });

/**
 * LAMB, for large batches: the step of each tensor is as long as the learning rate's share of its weights.
 *
 *     uₜ = m̂ₜ / (√v̂ₜ + ε) + λ wₜ₋₁        wₜ = wₜ₋₁ − ηₜ ‖wₜ₋₁‖ / ‖uₜ‖ · uₜ
 *
 * You et al. 2020, algorithm 2 (arXiv:1904.00962), φ the identity; a ratio with a 0 in it is 1. Slots: those of `scaleByAdam`.
 *
 * @example
 * const rule = lamb({ learningRate: 0.01, maxGradNorm: 1 });
 * rule.name; // 'lamb'
 *
 * @throws DownhillError `invalid-argument` where a number is out of its range.
 */
export function lamb(options: LambOptions = {}): Transform {
  const config = complete('lamb', options, {
    learningRate: 1e-3,
    beta1: 0.9,
    beta2: 0.999,
    epsilon: 1e-6,
    biasCorrection: true,
    weightDecay: 0.01,
    decayMask: undefined,
    decoupledDecay: false,
    alwaysAdapt: false,
    trustClip: false,
    gradAveraging: true,
    maxGradNorm: undefined,
  });
  const { learningRate, beta1, beta2, epsilon, biasCorrection, weightDecay, decayMask, alwaysAdapt, gradAveraging, maxGradNorm } = config;
  checkSchedule('lamb', { learningRate });
  checkSchedule('lamb', { weightDecay }, { min: 0 });
  if (maxGradNorm !== undefined) checkSchedule('lamb', { maxGradNorm }, { above: 0 });
  const step = (decay: ScheduleLike): readonly Transform[] => (decay !== 0 || alwaysAdapt ? [adapt(decay, config)] : []);
  return named(
    'lamb',
    config,
    chain(
      ...(maxGradNorm === undefined ? [] : [clipByGlobalNorm(maxGradNorm)]),
      scaleByAdam({ beta1, beta2, epsilon, biasCorrection }),
      ...(gradAveraging ? [] : [withoutAveraging(beta1)]),
      ...byMask('lamb', decayMask, step(weightDecay), step(0)),
      scaleByLearningRate(learningRate),
    ),
  );
}

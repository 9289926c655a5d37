import { chain, checkNumber, DownhillError, named, type ScheduleLike, type Transform } from '@downhill/core';
import { decayWeights } from './decay-weights.ts';
import { scaleByMomentum, type ScaleByMomentumOptions } from './momentum.ts';
import { scaleByLearningRate } from './scale-by-learning-rate.ts';

/** Options of {@link sgd}; defaults from Keras' `SGD`. */
export interface SgdOptions extends ScaleByMomentumOptions {
  /** @defaultValue 0.01 (Keras) */
  learningRate?: ScheduleLike;
  /** 0 keeps no velocity at all. @defaultValue 0 (Keras, PyTorch) */
  momentum?: number;
  /** An L2 penalty, added to the gradient. @defaultValue 0 (PyTorch) */
  weightDecay?: number;
}

/**
 * Stochastic gradient descent, with momentum if asked for.
 *
 *     wₜ = wₜ₋₁ − ηₜ gₜ
 *
 * Robbins & Monro 1951; momentum as in {@link scaleByMomentum}.
 *
 * @example
 * const rule = sgd({ learningRate: 0.1, momentum: 0.9 });
 * rule.name; // 'sgd'
 *
 * @throws DownhillError `invalid-argument` where a number is out of its range, and for `nesterov` without momentum.
 */
export function sgd({ learningRate = 0.01, momentum = 0, weightDecay = 0, ...rest }: SgdOptions = {}): Transform {
  checkNumber('sgd', { momentum }, { min: 0, below: 1 });
  checkNumber('sgd', { weightDecay }, { min: 0 });
  if (momentum === 0 && rest.nesterov === true)
    throw new DownhillError({ code: 'invalid-argument', source: 'sgd', problem: '`nesterov` takes a `momentum` above 0, got 0', advice: 'Pass momentum: 0.9.' });
  return named(
    'sgd',
    { learningRate, momentum, weightDecay, ...rest },
    chain(...(weightDecay === 0 ? [] : [decayWeights(weightDecay)]), ...(momentum === 0 ? [] : [scaleByMomentum({ momentum, ...rest })]), scaleByLearningRate(learningRate)),
  );
}

import {
  chain,
  checkNumber,
  checkOneOf,
  checkSchedule,
  checkTransforms,
  complete,
  copyOfParameter,
  everySteps,
  lerp,
  named,
  transform,
  type ScheduleLike,
  type Transform,
} from '@downhill/core';
import { pullBackMomentum } from './pull-back-momentum.ts';

/** Options of {@link lookahead}; names of optax and TensorFlow Addons. */
export interface LookaheadOptions {
  /** k: the slow weights move at each so-many-th step. @defaultValue 5 (the paper; TensorFlow Addons and timm have 6) */
  syncPeriod?: number;
  /** α: the share of the way that the slow weights go, in [0, 1]. @defaultValue 0.5 (the paper, TensorFlow Addons, timm) */
  slowStepSize?: ScheduleLike;
  /**
   * What becomes of the velocity of `sgd` there: it stays, starts from 0, or is shortened to α (2 − α) of it, at the first time to α, as
   * pytorch_optimizer's numbers have it. @defaultValue 'none' (pytorch_optimizer)
   */
  pullbackMomentum?: 'none' | 'reset' | 'pullback';
}

/**
 * Lookahead: slow weights follow the fast ones, which the inner transform moves, and every k steps the fast ones start from there again.
 *
 *     at each k-th step: sₜ = sₜ₋ₖ + α (wₜ − sₜ₋ₖ),  wₜ = sₜ        s₀ = w₀
 *
 * Zhang et al. 2019, algorithm 1 (arXiv:1907.08610). Slots: `slow`, which is also an average to judge the model by (`withAveragedWeights`).
 *
 * @example
 * const rule = lookahead(adam(), { syncPeriod: 6 });
 * rule.name; // 'lookahead'
 *
 * @throws DownhillError `invalid-argument` where a number is out of its range, and for `pullbackMomentum` without a velocity inside.
 */
export function lookahead(inner: Transform, options: LookaheadOptions = {}): Transform {
  checkTransforms('lookahead', [inner]);
  const config = complete('lookahead', options, { syncPeriod: 5, slowStepSize: 0.5, pullbackMomentum: 'none' });
  const { syncPeriod, slowStepSize, pullbackMomentum } = config;
  checkNumber('lookahead', { syncPeriod }, { min: 1, integer: true });
  checkSchedule('lookahead', { slowStepSize }, { min: 0, max: 1 });
  checkOneOf('lookahead', 'pullbackMomentum', pullbackMomentum, ['none', 'reset', 'pullback']);
  const fast = pullbackMomentum === 'none' ? inner : pullBackMomentum(inner, { syncPeriod, slowStepSize, pullbackMomentum });
  const sync = transform({
    name: 'lookahead',
    config,
    numbers: { slowStepSize },
    slots: { slow: copyOfParameter },
    averages: [{ slot: 'slow' }],
    weights(next, { slots, numbers }) {
      const slow = lerp(slots.slow, next, numbers.slowStepSize);
      return { weight: slow, slots: { slow } };
    },
  });
  return named('lookahead', [inner, config], chain(fast, everySteps(sync, syncPeriod)));
}

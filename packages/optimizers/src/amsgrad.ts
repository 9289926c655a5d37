import { chain, complete, named, type Transform } from '@downhill/core';
import { adamDefaults, scaleByAdam, type AdamOptions } from './adam.ts';
import { scaleByLearningRate } from './scale-by-learning-rate.ts';

/** Options of {@link amsgrad}: those of `adam`, with the same defaults. */
export type AmsgradOptions = Omit<AdamOptions, 'amsgrad'>;

/**
 * Adam that divides by the largest second moment so far, so that a rare large gradient is not forgotten: `adam({ amsgrad: true })`.
 *
 *     v̂ₜ = max(v̂ₜ₋₁, vₜ) in the place of vₜ
 *
 * Reddi et al. 2018, algorithm 2 (arXiv:1904.09237). The larger is taken before the bias correction, as in PyTorch and Keras; optax's `amsgrad`
 * takes it after. Slots: `m`, `v`, `vMax`, shaped like the parameter.
 *
 * @example
 * const rule = amsgrad({ learningRate: 3e-4 });
 * rule.name; // 'amsgrad'
 *
 * @throws DownhillError `invalid-argument` where a number is out of its range.
 */
export function amsgrad(options: AmsgradOptions = {}): Transform {
  const { amsgrad: _flag, ...defaults } = adamDefaults;
  const config = complete('amsgrad', options, { learningRate: 1e-3, ...defaults });
  const { learningRate, ...rule } = config;
  return named('amsgrad', config, chain(scaleByAdam({ ...rule, amsgrad: true }), scaleByLearningRate(learningRate)));
}

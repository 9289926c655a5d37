import { checkNumber, kernelsOnly, type Mask } from '@downhill/core';
import { makePenalty, type Penalty } from './penalty.ts';
import { powers } from './powers.ts';

/**
 * The L1 penalty (lasso): pulls every weight towards 0 with the same force, so that many end there.
 *
 *     value = factor Σ|w|        gradient = factor sign(w), 0 at 0
 *
 * Tibshirani 1996; Keras's `L1`. A gradient step overshoots 0 and comes back, so weights end within a step of 0, seldom on it.
 *
 * @param factor At least 0. Keras's default is 0.01.
 * @param mask Which weights it acts on; `kernelsOnly`, the default, leaves biases and norms out.
 *
 * @example
 * const rule = l1(0.5);
 * rule.value(tf.tensor1d([2, -4])).dataSync()[0]; // 3
 *
 * @throws DownhillError `invalid-argument` where `factor` is negative or the mask is none.
 */
export function l1(factor: number, mask: Mask = kernelsOnly): Penalty {
  checkNumber('l1', { factor }, { min: 0 });
  return makePenalty({ name: 'l1', config: [factor, mask], mask, ...powers({ l1: factor, l2: 0 }) });
}

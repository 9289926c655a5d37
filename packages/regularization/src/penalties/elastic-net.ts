import { checkNumber, complete, kernelsOnly, type Mask } from '@downhill/core';
import { makePenalty, type Penalty } from './penalty.ts';
import { powers } from './powers.ts';

/** Options of {@link elasticNet}. */
export interface ElasticNetOptions {
  /** Factor of Σ|w|, at least 0. @defaultValue 0.01 (Keras) */
  l1?: number;
  /** Factor of Σw², at least 0. @defaultValue 0.01 (Keras) */
  l2?: number;
  /** Which weights it acts on. @defaultValue `kernelsOnly`: no biases, no norms */
  mask?: Mask;
}

/**
 * L1 and L2 together.
 *
 *     value = l₁ Σ|w| + l₂ Σw²        gradient = l₁ sign(w) + 2 l₂ w
 *
 * Zou & Hastie 2005, "Regularization and variable selection via the elastic net", with Keras's factors (`L1L2`): no ½ before
 * the squares, and the gradient of |w| at 0 is 0.
 *
 * @example
 * const rule = elasticNet({ l1: 0.5, l2: 0.25 });
 * rule.value(tf.tensor1d([2, -4])).dataSync()[0]; // 8
 *
 * @throws DownhillError `invalid-argument` where a factor is negative or the mask is none.
 */
export function elasticNet(options: ElasticNetOptions = {}): Penalty {
  const config = complete('elasticNet', options, { l1: 0.01, l2: 0.01, mask: kernelsOnly });
  const { l1, l2, mask } = config;
  checkNumber('elasticNet', { l1, l2 }, { min: 0 });
  return makePenalty({ name: 'elasticNet', config, mask, ...powers({ l1, l2 }) });
}

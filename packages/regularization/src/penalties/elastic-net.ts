import { abs, add, checkNumber, complete, kernelsOnly, mul, sign, sum, sumOfSquares, type Expression, type Mask } from '@downhill/core';
import * as tf from '@tensorflow/tfjs-core';
import { fused, makePenalty, type Penalty, type PenaltyDefinition, type TensorPenalty } from './penalty.ts';

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

/** Σ of the terms whose factor is not 0. */
function total<T>(terms: readonly (readonly [factor: number, term: () => T])[], plus: (a: T, b: T) => T, none: () => T): T {
  const present = terms.flatMap(([factor, term]) => (factor === 0 ? [] : [term()]));
  return present.length === 0 ? none() : present.reduce(plus);
}

/** What L1, L2 and both together do with a weight. */
export function powers({ l1, l2 }: { readonly l1: number; readonly l2: number }): Pick<PenaltyDefinition, 'rule' | 'of'> {
  return {
    rule: fused((w) => {
      const none = (): Expression => mul(w, 0);
      return {
        value: total(
          [
            [l1, () => mul(sum(abs(w)), l1)],
            [l2, () => mul(sumOfSquares(w), l2)],
          ],
          add,
          () => sum(none()),
        ),
        gradient: total(
          [
            [l1, () => mul(sign(w), l1)],
            [l2, () => mul(w, 2 * l2)],
          ],
          add,
          none,
        ),
      };
    }),
    of: (w): TensorPenalty => ({
      value: () =>
        total<tf.Scalar>(
          [
            [l1, () => tf.mul(tf.sum(tf.abs(w)), l1)],
            [l2, () => tf.mul(tf.sum(tf.square(w)), l2)],
          ],
          (a, b) => tf.add(a, b),
          () => tf.scalar(0),
        ),
      gradient: () =>
        total<tf.Tensor>(
          [
            [l1, () => tf.mul(tf.sign(w), l1)],
            [l2, () => tf.mul(w, 2 * l2)],
          ],
          (a, b) => tf.add(a, b),
          () => tf.zerosLike(w),
        ),
    }),
  };
}

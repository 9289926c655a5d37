import { abs, add, mul, sign, sum, sumOfSquares, type Expression } from '@downhill/core';
import * as tf from '@tensorflow/tfjs-core';
import { fused, type PenaltyDefinition, type TensorPenalty } from './penalty.ts';

/** Σ of the terms whose factor is not 0. */
function total<T>(terms: readonly (readonly [factor: number, term: () => T])[], plus: (a: T, b: T) => T, none: () => T): T {
  const present = terms.flatMap(([factor, term]) => (factor === 0 ? [] : [term()]));
  return present.length === 0 ? none() : present.reduce(plus);
}

/** What L1, L2 and both together do with a weight: l₁ Σ|w| + l₂ Σw². */
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

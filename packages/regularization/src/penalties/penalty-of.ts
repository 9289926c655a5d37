import { accepts, checkMasksFit } from '@downhill/core';
import { addN, tidy, type Scalar, type Variable } from '@tensorflow/tfjs-core';
import { checkPenalty, type Penalty } from './penalty.ts';

/**
 * The penalty of all those weights that its mask takes, as a term of a loss: for `optimizer.minimize`, for the option
 * `penalties` of `train`, and for optimizers that are not chains. Gradients are exact.
 *
 * @param variables A model's variables, such as `model.trainableWeights.map((weight) => weight.read())`.
 *
 * @example
 * const kernel = tf.variable(tf.tensor2d([[1, 2]]), true, 'example/kernel');
 * penaltyOf(l2(0.5), [kernel]).dataSync()[0]; // 2.5
 * kernel.dispose();
 *
 * @throws DownhillError `invalid-argument` for what is no penalty, `unknown-name` where the mask takes none of them, naming near misses.
 */
export function penaltyOf(penalty: Penalty, variables: readonly Variable[]): Scalar {
  checkPenalty('penaltyOf', penalty);
  const masks = penalty.parts.flatMap((part) => part.masks);
  checkMasksFit(penalty.name, masks, variables, { mustAct: true });
  return tidy(() => {
    const taken = variables.filter((variable) => masks.every((mask) => accepts(mask, variable)));
    return addN(taken.map((variable) => penalty.value(variable)));
  });
}

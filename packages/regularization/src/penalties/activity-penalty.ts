import { checkOneOf, DownhillError } from '@downhill/core';
import { div, tidy, type Scalar, type Tensor } from '@tensorflow/tfjs-core';
import type { Penalty } from './penalty.ts';

/** Options of {@link activityPenalty}. */
export interface ActivityPenaltyOptions {
  /**
   * `'mean'` divides by the number of examples, so that the strength does not depend on the batch. @defaultValue 'mean'
   * (`tf.keras` 2); Keras 3 has `'sum'`
   */
  reduction?: 'mean' | 'sum';
}

/**
 * A penalty on what a layer puts out instead of on its weights, as a term of a loss: L1 makes activations sparse.
 *
 * @param penalty Such as `l1(1e-4)`; its mask has no say here.
 * @param activations `[batch, ...]`.
 *
 * @example
 * const hidden = tf.tensor2d([[1, -2], [0, 3]]);
 * activityPenalty(l1(0.5), hidden).dataSync()[0]; // 1.5
 *
 * @throws DownhillError `invalid-argument` for another reduction or activations that are no float32 tensor, `shape-mismatch`
 * where they have no batch axis.
 */
export function activityPenalty(penalty: Penalty, activations: Tensor, { reduction = 'mean' }: ActivityPenaltyOptions = {}): Scalar {
  checkOneOf('activityPenalty', 'reduction', reduction, ['mean', 'sum']);
  return tidy(() => {
    const total = penalty.value(activations);
    const [examples] = activations.shape;
    if (examples === undefined)
      throw new DownhillError({
        code: 'shape-mismatch',
        source: 'activityPenalty',
        problem: '`activations` must have a batch axis, got shape []',
      });
    return reduction === 'sum' ? total : div(total, examples);
  });
}

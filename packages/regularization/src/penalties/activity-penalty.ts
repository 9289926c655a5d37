import { checkOneOf, DownhillError } from '@downhill/core';
import { div, tidy, type Scalar, type Tensor } from '@tensorflow/tfjs-core';
import { checkPenalty, type Penalty } from './penalty.ts';

/** Options of {@link activityPenalty}. */
export interface ActivityPenaltyOptions {
  /**
   * `'mean'` divides by the number of examples, so that the strength does not depend on the batch, as the loss is a mean too: `tf.keras` 2
   * (`base_layer.py`, `_handle_activity_regularization`). Keras 3 does not divide (`layers/layer.py`, `Layer.__call__`): `'sum'` for models from there.
   * @defaultValue 'mean'
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
 * @throws DownhillError `invalid-argument` for what is no penalty, another reduction or activations that are no float32 tensor, `shape-mismatch`
 * where they have no batch axis.
 */
export function activityPenalty(penalty: Penalty, activations: Tensor, { reduction = 'mean' }: ActivityPenaltyOptions = {}): Scalar {
  checkPenalty('activityPenalty', penalty);
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

import type { TrainableModel } from '@downhill/training';
import { concat, split, stack, tidy } from '@tensorflow/tfjs-core';
import { withForward } from '../with-forward.ts';

/**
 * A model whose training pass sees each batch twice, for {@link rDrop}: `[batch, 2, ...]`, and `[batch, ...]` outside training. Both
 * copies go through in one pass of twice the batch, as in the authors' code, and so under different masks. Metrics of the training
 * batches must know of the two; those of the validation see one.
 *
 * @example
 * const twice = twoPasses({ variables: [], predict: (x) => x });
 * twice.predict(tf.zeros([3, 2]), { training: true }).shape; // [3, 2, 2]
 */
export function twoPasses<Model extends TrainableModel>(model: Model): Model {
  return withForward('twoPasses', model, (inputs, mode, forward) => {
    if (!mode.training) return forward(inputs, mode);
    return tidy(() => {
      const doubled = Array.isArray(inputs) ? inputs.map((input) => concat([input, input])) : concat([inputs, inputs]);
      return stack(split(forward(doubled, mode), 2), 1);
    });
  });
}

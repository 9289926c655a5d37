import { checkNumber } from '@downhill/core';
import { binaryTargets, softTargetBinaryCrossEntropy } from '@downhill/tfjs';
import type { Loss } from '@downhill/training';
import { add, mul, tidy } from '@tensorflow/tfjs-core';
import type { LabelSmoothingOptions } from './label-smoothing.ts';

/**
 * The cross-entropy of a sigmoid with targets drawn towards one half. One value an example, the mean over its outputs.
 *
 *     t′ = (1 − s) t + s / 2
 *
 * Keras's `BinaryCrossentropy(from_logits=True, label_smoothing=s)`. Targets and logits have one shape, `[..., outputs]`.
 *
 * @example
 * const loss = binaryLabelSmoothing({ smoothing: 0.1 });
 * loss(tf.tensor2d([[1, 0]]), tf.zeros([1, 2])).shape; // [1]
 *
 * @throws DownhillError `invalid-argument` for a smoothing outside [0, 1); the loss throws `shape-mismatch`.
 */
export function binaryLabelSmoothing({ smoothing = 0.1 }: LabelSmoothingOptions = {}): Loss {
  checkNumber('binaryLabelSmoothing', { smoothing }, { min: 0, below: 1 });
  return (ys, logits) =>
    tidy(() => {
      const targets = binaryTargets('binaryLabelSmoothing', ys, logits);
      return softTargetBinaryCrossEntropy(add(mul(targets, 1 - smoothing), smoothing / 2), logits);
    });
}

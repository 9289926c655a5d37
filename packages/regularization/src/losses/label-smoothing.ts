import { checkNumber } from '@downhill/core';
import { classTargets, softTargetCrossEntropy } from '@downhill/tfjs';
import type { Loss } from '@downhill/training';
import { add, mul, tidy } from '@tensorflow/tfjs-core';

/** Options of {@link labelSmoothing} and {@link binaryLabelSmoothing}. */
export interface LabelSmoothingOptions {
  /** Share of the target that goes to all classes evenly, in [0, 1). @defaultValue 0.1 (Szegedy et al. 2016, section 7) */
  readonly smoothing?: number;
}

/**
 * The cross-entropy of a softmax with targets that are less than certain. One value an example.
 *
 *     qₖ = (1 − s) yₖ + s / K,   loss = −Σₖ qₖ log pₖ
 *
 * Szegedy et al. 2016, section 7 (arXiv:1512.00567); Keras's `CategoricalCrossentropy(from_logits=True, label_smoothing=s)`. Targets
 * are class numbers, one-hot or soft rows; predictions are logits `[..., classes]`.
 *
 * @example
 * const loss = labelSmoothing({ smoothing: 0.1 });
 * loss(tf.tensor1d([1], 'int32'), tf.zeros([1, 2])).shape; // [1]
 *
 * @throws DownhillError `invalid-argument` for a smoothing outside [0, 1); the loss throws as `classTargets`.
 */
export function labelSmoothing({ smoothing = 0.1 }: LabelSmoothingOptions = {}): Loss {
  checkNumber('labelSmoothing', { smoothing }, { min: 0, below: 1 });
  return (ys, logits) =>
    tidy(() => {
      const targets = classTargets('labelSmoothing', ys, logits);
      const classes = logits.shape.at(-1) ?? 1;
      return softTargetCrossEntropy(add(mul(targets, 1 - smoothing), smoothing / classes), logits);
    });
}

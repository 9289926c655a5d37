import { checkNumber, DownhillError, show } from '@downhill/core';
import { classTargets } from '@downhill/tfjs';
import type { Loss } from '@downhill/training';
import { mul, sum, tensor1d, tidy } from '@tensorflow/tfjs-core';
import { checkLoss } from './check-loss.ts';

/**
 * Lets the examples of some classes count more. One value an example.
 *
 *     loss′ᵢ = lossᵢ Σₖ yᵢₖ wₖ
 *
 * For class numbers and one-hot rows this is Keras's `class_weight`; soft rows are weighted as they are mixed. The batch's mean is over the
 * examples, as in Keras, not over the sum of the weights, as in PyTorch.
 *
 * @param loss One that gives one value an example.
 * @param weights One a class, at least 0.
 *
 * @example
 * const loss = classWeighted(labelSmoothing(), [1, 5]);
 * loss(tf.tensor1d([1], 'int32'), tf.zeros([1, 2])).shape; // [1]
 *
 * @throws DownhillError `invalid-argument` for a negative weight or what is no loss; the loss throws `shape-mismatch` where the predictions
 * have another number of classes, or `loss` gives no value for each example.
 */
export function classWeighted(loss: Loss, weights: readonly number[]): Loss {
  checkLoss('classWeighted', loss);
  if (!Array.isArray(weights))
    throw new DownhillError({
      code: 'invalid-argument',
      source: 'classWeighted',
      problem: `\`weights\` must be a list of numbers, one a class, got ${show(weights)}`,
      advice: 'Write [1, 5].',
    });
  checkNumber('classWeighted', Object.fromEntries(weights.map((weight, k) => [`weights[${k}]`, weight])), { min: 0 });
  return (ys, logits) =>
    tidy(() => {
      if (logits.shape.at(-1) !== weights.length)
        throw mismatch(`\`weights\` must have one number a class (${logits.shape.at(-1)}), got ${weights.length}`);
      const values = loss(ys, logits);
      const ofExamples = sum(mul(classTargets('classWeighted', ys, logits), tensor1d([...weights])), -1);
      if (values.shape.join() !== ofExamples.shape.join())
        throw mismatch(`\`loss\` must give one value an example [${ofExamples.shape.join(', ')}], got shape [${values.shape.join(', ')}]`);
      return mul(values, ofExamples);
    });
}

function mismatch(problem: string): DownhillError {
  return new DownhillError({ code: 'shape-mismatch', source: 'classWeighted', problem });
}

import { checkNumber } from '@downhill/core';
import { softTargetCrossEntropy } from '@downhill/tfjs';
import type { Loss } from '@downhill/training';
import { div, mul, tidy } from '@tensorflow/tfjs-core';

/**
 * Learns from soft targets alone, at a temperature. One value an example.
 *
 *     loss = −T² Σₖ qₖ log softmax(z / T)ₖ,   ∂loss/∂z = T (softmax(z / T) − q)
 *
 * Hinton et al. 2015, section 2 (arXiv:1503.02531): T² keeps the size of the gradients, which the softening divides by T². The targets q are
 * those of `distillationBatches` at the same temperature.
 *
 * @example
 * const loss = softenedCrossEntropy({ temperature: 4 });
 * loss(tf.tensor2d([[0.5, 0.5]]), tf.zeros([1, 2])).shape; // [1]
 *
 * @throws DownhillError `invalid-argument` for a temperature that is not above 0; the loss throws as `softTargetCrossEntropy` does.
 */
export function softenedCrossEntropy({ temperature = 3 }: { readonly temperature?: number } = {}): Loss {
  checkNumber('softenedCrossEntropy', { temperature }, { above: 0 });
  return (ys, predictions) => tidy(() => mul(temperature * temperature, softTargetCrossEntropy(ys, div(predictions, temperature))));
}

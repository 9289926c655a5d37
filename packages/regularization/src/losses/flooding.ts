import { checkNumber } from '@downhill/core';
import type { Loss } from '@downhill/training';
import { add, mean, mul, sign, sub, tidy } from '@tensorflow/tfjs-core';
import { checkLoss } from './check-loss.ts';

/**
 * Keeps the training loss from sinking below a level: under it, the gradient climbs. One value for the batch.
 *
 *     L′ = |L − b| + b,   L the mean of the batch
 *
 * Ishida et al. 2020, equation 3 (arXiv:2002.08709). The level b is in the units of the loss; the paper searches 0.01 to 0.1 on
 * validation data. As it is one value a batch, it takes no example weights: put those into `loss`, as {@link classWeighted} does.
 *
 * @example
 * const loss = flooding(labelSmoothing(), { level: 0.02 });
 * loss(tf.tensor1d([1], 'int32'), tf.zeros([1, 2])).shape; // []
 *
 * @throws DownhillError `invalid-argument` for a negative level or what is no loss; the loss throws what `loss` throws.
 */
export function flooding(loss: Loss, { level }: { readonly level: number }): Loss {
  checkLoss('flooding', loss);
  checkNumber('flooding', { level }, { min: 0 });
  return (ys, predictions) =>
    tidy(() => {
      const above = sub(mean(loss(ys, predictions)), level);
      return add(mul(above, sign(above)), level); // the sign has no gradient: that of the absolute value is left, 0 at the level
    });
}

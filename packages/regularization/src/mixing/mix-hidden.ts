import { checkNumber, DownhillError } from '@downhill/core';
import { withGradient } from '@downhill/tfjs';
import type { Loss } from '@downhill/training';
import { add, gather, mul, tensor1d, tidy, type Tensor } from '@tensorflow/tfjs-core';

/** How the examples of a batch are mixed. */
export interface Mixing {
  /** Each example's own share, in [0, 1]. */
  readonly lambda: number;
  /** The partner of each example: the numbers from 0 to batch − 1 in some order. */
  readonly permutation: ArrayLike<number>;
}

/**
 * Mixes what a layer gave for the examples of a batch, `[batch, ...]`; the first layer's input, for the mixup of inputs.
 *
 *     h′ᵢ = λ hᵢ + (1 − λ) hₚ₍ᵢ₎
 *
 * Verma et al. 2019, "Manifold Mixup", section 2 (arXiv:1806.05236). {@link mixedLoss} mixes the labels to match.
 *
 * @example
 * const mixed = mixHidden(tf.tensor2d([[0], [4]]), { lambda: 0.75, permutation: [1, 0] });
 * mixed.dataSync(); // new Float32Array([1, 3])
 *
 * @throws DownhillError `invalid-argument` for a lambda outside [0, 1] or what is no permutation of the batch.
 */
export function mixHidden(hidden: Tensor, { lambda, permutation }: Mixing): Tensor {
  checkNumber('mixHidden', { lambda }, { min: 0, max: 1 });
  checkPermutation(permutation, hidden.shape[0] ?? 0);
  const back = new Int32Array(permutation.length);
  for (let i = 0; i < permutation.length; i++) back[permutation[i] ?? 0] = i;
  // The gradient of gather is a scatter that tfjs's wasm backend lacks; of a permutation it is the inverse permutation.
  const mix = withGradient((h: Tensor) => ({
    value: mixRows(h, lambda, permutation),
    saved: [],
    gradients: (dy) => [mixRows(dy, lambda, back)],
  }));
  return tidy(() => mix(hidden));
}

/**
 * The loss of mixed examples: that of their own labels and of their partners', in the shares that they were mixed in.
 *
 *     loss′ᵢ = λ loss(yᵢ, zᵢ) + (1 − λ) loss(yₚ₍ᵢ₎, zᵢ)
 *
 * It takes class numbers as well as rows.
 *
 * @example
 * const loss = mixedLoss(labelSmoothing(), { lambda: 0.75, permutation: [1, 0] });
 * loss(tf.tensor1d([0, 1], 'int32'), tf.zeros([2, 2])).shape; // [2]
 *
 * @throws DownhillError `invalid-argument` for a lambda outside [0, 1]; the loss throws it where the permutation is not one of the batch.
 */
export function mixedLoss(loss: Loss, { lambda, permutation }: Mixing): Loss {
  checkNumber('mixedLoss', { lambda }, { min: 0, max: 1 });
  return (ys, predictions) =>
    tidy(() => {
      checkPermutation(permutation, ys.shape[0] ?? 0);
      const partners = gather(ys, tensor1d(Int32Array.from(permutation), 'int32'));
      return add(mul(loss(ys, predictions), lambda), mul(loss(partners, predictions), 1 - lambda));
    });
}

const mixRows = (h: Tensor, lambda: number, order: ArrayLike<number>): Tensor =>
  add(mul(h, lambda), mul(gather(h, tensor1d(Int32Array.from(order), 'int32')), 1 - lambda));

function checkPermutation(permutation: ArrayLike<number>, batch: number): void {
  const numbers = Array.from(permutation);
  const whole = new Set(numbers.filter((i) => Number.isInteger(i) && i >= 0 && i < batch));
  if (numbers.length === batch && whole.size === batch) return;
  throw new DownhillError({
    code: 'invalid-argument',
    source: 'mixHidden',
    problem: `\`permutation\` must hold the numbers from 0 to ${batch - 1}, each once, got ${numbers.length} numbers, ${whole.size} of these`,
    advice: 'randomStream(key).permutation(batch) makes one.',
  });
}

import { clone, type Tensor } from '@tensorflow/tfjs-core';
import { diagonal, withDraws, type Apply } from './diagonal.ts';
import { keepDrawn, keepMasked, type Keeping } from './keep.ts';
import { checkDraws, checkInput, checkRate, float32, keyFrom, type Randomness } from './randomness.ts';

/** The constants of the SELU activation: Klambauer et al. 2017, equation 14, and tfjs's `tf.selu`. */
const ALPHA = 1.6732632423543772;
const SCALE = 1.0507009873554805;

/** Options of {@link alphaDropout}. */
export interface AlphaDropoutOptions extends Randomness {
  /** The chance of an element being set to SELU's lowest value, in [0, 1). */
  readonly rate: number;
  /** Instead of a seed or key: 1 keeps, 0 drops; of the shape of `x`. */
  readonly mask?: Tensor;
}

/**
 * Dropout for SELU networks: what is dropped takes SELU's value at −∞, and all is moved so that mean 0 and variance 1 stay.
 *
 *     y = a (x · mask + α′ (1 − mask)) + b;   dx = a · mask · dy
 *     α′ = −α scale,  a = ((1 − rate) (1 + rate α′²))^(−1/2),  b = −a α′ rate
 *
 * Klambauer et al. 2017 (arXiv:1706.02515), "New Dropout Technique"; Keras's `AlphaDropout`.
 *
 * @example
 * const y = alphaDropout(tf.zeros([2, 3]), { rate: 0.1, seed: 1 });
 * y.shape; // [2, 3]
 *
 * @throws DownhillError `invalid-argument` for a rate outside [0, 1) or not one source of randomness, `shape-mismatch` where a
 * mask does not fit.
 */
export function alphaDropout<T extends Tensor>(x: T, options: AlphaDropoutOptions): T {
  const { rate, mask, execution = 'fused' } = options;
  checkInput('alphaDropout', 'x', x);
  checkRate('alphaDropout', rate);
  const key = keyFrom('alphaDropout', options, { mask });
  if (mask !== undefined) checkDraws('alphaDropout', 'mask', mask, x.shape);
  if (rate === 0 && mask === undefined) return clone(x);
  const low = -ALPHA * SCALE;
  const a = 1 / Math.sqrt((1 - rate) * (1 + rate * low * low));
  const b = -a * low * rate;
  const keeping =
    (numbers: Keeping): Apply =>
    (input, [given]) =>
      key === undefined ? keepMasked(input, float32(given), numbers, execution) : keepDrawn(input, numbers, key, execution);
  const forward = keeping({ rate, scale: a, elsewhere: { offset: b, dropped: a * low + b } });
  return withDraws(x, mask === undefined ? [] : [mask], forward, (dy, draws) => diagonal(dy, keeping({ rate, scale: a }), draws));
}

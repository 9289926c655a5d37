import { DownhillError, type Key } from '@downhill/core';
import type { Execution } from '@downhill/tfjs';
import { clone, ones, tidy, type Tensor } from '@tensorflow/tfjs-core';
import { diagonal, type Apply } from './diagonal.ts';
import { keepDrawn, keepMasked, type Keeping } from './keep.ts';
import { checkDraws, checkInput, checkRate, float32, keyFrom, type Randomness } from './randomness.ts';

/** Options of {@link dropout}. */
export interface DropoutOptions extends Randomness {
  /** The chance of an element being dropped, in [0, 1). */
  readonly rate: number;
  /** Instead of a seed or key: 1 keeps, 0 drops; of the noise's shape. */
  readonly mask?: Tensor;
  /** The mask's shape, with 1 along the axes that share their draws. @defaultValue the shape of `x` */
  readonly noiseShape?: readonly number[];
}

/**
 * Inverted dropout: some elements are dropped, and the others scaled up, so that the expected value stays.
 *
 *     y = x · mask / (1 − rate),  mask ~ Bernoulli(1 − rate);   dx = dy · mask / (1 − rate)
 *
 * Srivastava et al. 2014 (JMLR 15), section 10, for the scaling during training; Keras's `Dropout`. The draws are those of the
 * seed or key on every backend. On `cpu` and `wasm` one kernel draws and scales, and the backward pass draws the mask again
 * instead of keeping it. For the draws a rate between 1/64 and 63/64 counts to 2⁻¹⁶, any other to 2⁻²⁴.
 *
 * @example
 * const y = dropout(tf.ones([4, 8]), { rate: 0.5, seed: 1 });
 * tf.max(y).dataSync()[0]; // 2
 *
 * @throws DownhillError `invalid-argument` for a rate outside [0, 1), other than a float32 tensor, none or several of seed, key
 * and mask; `shape-mismatch` where a mask or noise shape does not fit.
 */
export function dropout<T extends Tensor>(x: T, options: DropoutOptions): T {
  return dropped('dropout', x, options, ({ rate }) => 1 / (1 - rate));
}

/** Options of {@link classicDropout}. */
export interface ClassicDropoutOptions extends DropoutOptions {
  /** Whether elements are dropped; if not, all of them are scaled, and no source of randomness is needed. */
  readonly training: boolean;
}

/**
 * Dropout as it was first described: nothing is scaled in training, and at test time everything is scaled down, so that the
 * next layer sees the expected value that it was trained with.
 *
 *     training: y = x · mask,  mask ~ Bernoulli(1 − rate);   test: y = (1 − rate) · x
 *
 * Srivastava et al. 2014 (JMLR 15), section 4. {@link dropout} is the same network with the weights of the next layer divided by
 * 1 − rate, and leaves the test time alone.
 *
 * @example
 * const y = classicDropout(tf.ones([4, 8]), { rate: 0.25, training: false });
 * tf.max(y).dataSync()[0]; // 0.75
 *
 * @throws DownhillError as {@link dropout}.
 */
export function classicDropout<T extends Tensor>(x: T, { training, ...options }: ClassicDropoutOptions): T {
  if (training) return dropped('classicDropout', x, options, () => 1);
  checkInput('classicDropout', 'x', x);
  checkRate('classicDropout', options.rate);
  const { rate, execution = 'fused' } = options;
  return diagonal(x, (input) => keepDrawn(input, { rate: 0, scale: 1 - rate }, [0, 0], execution));
}

/** Options of {@link spatialDropout}. */
export type SpatialDropoutOptions = Omit<DropoutOptions, 'noiseShape'>;

/**
 * Drops whole channels: of each example and channel all positions or none, because neighbours in a feature map say much the
 * same. For `[batch, steps, channels]` and `[batch, height, width, channels]`; the mask has 1 for the axes in between.
 *
 *     y = x · mask / (1 − rate)
 *
 * Tompson et al. 2015 (arXiv:1411.4280), section 3.2; Keras's `SpatialDropout1D` and `SpatialDropout2D`.
 *
 * @example
 * const y = spatialDropout(tf.ones([2, 3, 3, 4]), { rate: 0.5, seed: 1 });
 * y.shape; // [2, 3, 3, 4]
 *
 * @throws DownhillError as {@link dropout}; `shape-mismatch` for a tensor with fewer than three axes.
 */
export function spatialDropout<T extends Tensor>(x: T, options: SpatialDropoutOptions): T {
  checkInput('spatialDropout', 'x', x);
  checkSpatial('spatialDropout', x.shape);
  const noiseShape = x.shape.map((size, axis) => (axis === 0 || axis === x.rank - 1 ? size : 1));
  return dropped('spatialDropout', x, { ...options, noiseShape }, ({ rate }) => 1 / (1 - rate));
}

/** The checks that all of them share, and the choice between a mask that is given, one that is shared along axes, and one of its own for each element. */
export function dropped<T extends Tensor>(source: string, x: T, options: DropoutOptions, scaleOf: (options: DropoutOptions) => number): T {
  checkInput(source, 'x', x);
  const { rate, mask, noiseShape = x.shape, execution = 'fused' } = options;
  checkRate(source, rate);
  checkNoiseShape(source, noiseShape, x.shape);
  const key = keyFrom(source, options, { mask });
  const keeping: Keeping = { rate, scale: scaleOf(options) };
  if (mask !== undefined) checkDraws(source, 'mask', mask, noiseShape);
  if (rate === 0 && mask === undefined) return clone(x);
  const apply: Apply = (input, [given]) => {
    if (key === undefined) return keepMasked(input, float32(given), keeping, execution);
    if (noiseShape.join() === x.shape.join()) return keepDrawn(input, keeping, key, execution);
    return keepMasked(input, coins(noiseShape, rate, key, execution), keeping, execution);
  };
  return diagonal(x, apply, mask === undefined ? [] : [mask]);
}

/** A mask: 1 with the chance 1 − rate, else 0. */
export const coins = (shape: readonly number[], rate: number, key: Key, execution: Execution): Tensor =>
  tidy(() => keepDrawn(ones([...shape]), { rate, scale: 1 }, key, execution));

/** @throws DownhillError `shape-mismatch` for a tensor without axes between batch and channels. */
export function checkSpatial(source: string, shape: readonly (number | null)[]): void {
  if (shape.length >= 3) return;
  throw new DownhillError({
    code: 'shape-mismatch',
    source,
    problem: `\`x\` must have axes between batch and channels, got the shape [${shape.join(', ')}]`,
    advice: 'Use dropout for rows of features.',
  });
}

/** @throws DownhillError `shape-mismatch` for noise of another rank or length; null stands for a length that is not known yet. */
export function checkNoiseShape(source: string, noiseShape: readonly (number | null)[], shape: readonly (number | null)[]): void {
  const fits = (size: number | null, axis: number): boolean => size === 1 || shape[axis] === null || size === shape[axis];
  if (noiseShape.length === shape.length && noiseShape.every(fits)) return;
  throw new DownhillError({
    code: 'shape-mismatch',
    source,
    problem: `\`noiseShape\` must have the length of \`x\` or 1 along each axis ([${shape.join(', ')}]), got [${noiseShape.join(', ')}]`,
  });
}

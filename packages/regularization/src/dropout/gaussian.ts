import { add, checkNumber, mul, randomNormal } from '@downhill/core';
import { elementwise, type Elementwise } from '@downhill/tfjs';
import { clone, type Tensor } from '@tensorflow/tfjs-core';
import { diagonal, withDraws, type Apply } from './diagonal.ts';
import { checkDraws, checkInput, checkRate, float32, keyFrom, type Randomness } from './randomness.ts';

interface Normal {
  /** Instead of a seed or key: standard normal numbers, of the shape of `x`. */
  readonly normal?: Tensor;
}

/** Options of {@link gaussianDropout}. */
export interface GaussianDropoutOptions extends Randomness, Normal {
  /** That of the {@link dropout} whose factor has the same variance, in [0, 1). */
  readonly rate: number;
}

/** Options of {@link gaussianNoise}. */
export interface GaussianNoiseOptions extends Randomness, Normal {
  /** At least 0. */
  readonly standardDeviation: number;
}

type Kernel<Input extends string> = Elementwise<Input, 'deviation', 'y'>;

const factor: Kernel<'x'> = /* @__PURE__ */ elementwise({
  name: 'gaussianDropout',
  inputs: ['x'],
  numbers: ['deviation'],
  compute: ({ inputs: { x }, numbers: { deviation } }) => ({ y: mul(x, add(1, mul(deviation, randomNormal()))) }),
});
const givenFactor: Kernel<'x' | 'normal'> = /* @__PURE__ */ elementwise({
  name: 'gaussianDropout',
  inputs: ['x', 'normal'],
  numbers: ['deviation'],
  compute: ({ inputs: { x, normal }, numbers: { deviation } }) => ({ y: mul(x, add(1, mul(deviation, normal))) }),
});
const noise: Kernel<'x'> = /* @__PURE__ */ elementwise({
  name: 'gaussianNoise',
  inputs: ['x'],
  numbers: ['deviation'],
  compute: ({ inputs: { x }, numbers: { deviation } }) => ({ y: add(x, mul(deviation, randomNormal())) }),
});
const givenNoise: Kernel<'x' | 'normal'> = /* @__PURE__ */ elementwise({
  name: 'gaussianNoise',
  inputs: ['x', 'normal'],
  numbers: ['deviation'],
  compute: ({ inputs: { x, normal }, numbers: { deviation } }) => ({ y: add(x, mul(deviation, normal)) }),
});

/**
 * Multiplies each element by a normal number around 1, with the variance of inverted dropout's factor.
 *
 *     y = x · (1 + √(rate / (1 − rate)) z),  z ~ N(0, 1);   dx = dy · the same factor
 *
 * Srivastava et al. 2014 (JMLR 15), section 10; Keras's `GaussianDropout`. The numbers are drawn again in the backward pass.
 *
 * @example
 * const y = gaussianDropout(tf.ones([2, 3]), { rate: 0.5, seed: 1 });
 * y.shape; // [2, 3]
 *
 * @throws DownhillError `invalid-argument` for a rate outside [0, 1) or not one source of randomness, `shape-mismatch` where
 * numbers that are given do not fit.
 */
export function gaussianDropout<T extends Tensor>(x: T, options: GaussianDropoutOptions): T {
  checkRate('gaussianDropout', options.rate);
  return noisy('gaussianDropout', x, options, Math.sqrt(options.rate / (1 - options.rate)), factor, givenFactor, diagonal);
}

/**
 * Adds normal numbers.
 *
 *     y = x + σ z,  z ~ N(0, 1);   dx = dy
 *
 * Keras's `GaussianNoise`.
 *
 * @example
 * const y = gaussianNoise(tf.ones([2, 3]), { standardDeviation: 0.1, seed: 1 });
 * y.shape; // [2, 3]
 *
 * @throws DownhillError `invalid-argument` for a negative standard deviation or not one source of randomness, `shape-mismatch`
 * where numbers that are given do not fit.
 */
export function gaussianNoise<T extends Tensor>(x: T, options: GaussianNoiseOptions): T {
  const { standardDeviation } = options;
  checkNumber('gaussianNoise', { standardDeviation }, { min: 0 });
  return noisy('gaussianNoise', x, options, standardDeviation, noise, givenNoise, shift);
}

/** y = x + something that does not depend on x. */
const shift = <T extends Tensor>(x: T, apply: Apply, given?: readonly Tensor[]): T => withDraws(x, given ?? [], apply, (dy) => clone(dy));

function noisy<T extends Tensor>(
  source: string,
  x: T,
  options: Randomness & Normal,
  deviation: number,
  drawing: Kernel<'x'>,
  given: Kernel<'x' | 'normal'>,
  differentiable: typeof diagonal,
): T {
  const { normal, execution = 'fused' } = options;
  checkInput(source, 'x', x);
  const key = keyFrom(source, options, { normal });
  if (normal !== undefined) checkDraws(source, 'normal', normal, x.shape);
  if (deviation === 0) return clone(x);
  const apply: Apply = (input, [numbers]) =>
    key === undefined
      ? given({ x: input, normal: float32(numbers) }, { numbers: { deviation }, execution }).y
      : drawing({ x: input }, { numbers: { deviation }, key, execution }).y;
  return differentiable(x, apply, normal === undefined ? [] : [normal]);
}

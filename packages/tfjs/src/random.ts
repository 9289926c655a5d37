import { checkNumber, randomStream, streamKey, type Key } from '@downhill/core';
import { tensor, util, type Tensor } from '@tensorflow/tfjs-core';

/** Where random tensors come from: the same seed and stream, the same numbers on every backend. */
export interface RandomSource {
  /** A safe integer. */
  readonly seed: number;
  /** Two tensors under one seed need two streams. @defaultValue 'tensor' */
  readonly stream?: string;
}

type Shape = readonly number[];

const keyOf = ({ seed, stream = 'tensor' }: RandomSource): Key => streamKey(seed, stream);

function filled(shape: Shape, dtype: 'float32' | 'bool', valueAt: (i: number) => number): Tensor {
  checkNumber('random tensor', Object.fromEntries(shape.map((size, axis) => [`shape[${axis}]`, size])), { min: 0, integer: true });
  const size = util.sizeFromShape([...shape]);
  const values = dtype === 'bool' ? new Uint8Array(size) : new Float32Array(size);
  for (let i = 0; i < size; i++) values[i] = valueAt(i);
  return tensor(values, [...shape], dtype);
}

/**
 * Numbers that are even over [min, max).
 *
 * @example
 * const x = randomUniform([2, 3], { seed: 1, min: -1 });
 * x.shape; // [2, 3]
 *
 * @throws DownhillError `invalid-argument` for a shape or seed that is none, or min above max.
 */
export function randomUniform(
  shape: Shape,
  { min = 0, max = 1, ...source }: RandomSource & { readonly min?: number; readonly max?: number },
): Tensor {
  checkNumber('randomUniform', { min, max });
  checkNumber('randomUniform', { max }, { min });
  const stream = randomStream(keyOf(source));
  return filled(shape, 'float32', (i) => min + (max - min) * stream.uniformAt(i));
}

/** Options of {@link randomNormal} and {@link randomTruncatedNormal}. */
export interface NormalOptions extends RandomSource {
  /** @defaultValue 0 */
  readonly mean?: number;
  /** At least 0. @defaultValue 1 */
  readonly standardDeviation?: number;
}

/**
 * Normal numbers.
 *
 * @example
 * const x = randomNormal([4], { seed: 1, standardDeviation: 0.1 });
 * x.shape; // [4]
 *
 * @throws DownhillError `invalid-argument` for a shape or seed that is none, or a negative standard deviation.
 */
export function randomNormal(shape: Shape, { mean = 0, standardDeviation = 1, ...source }: NormalOptions): Tensor {
  checkNumber('randomNormal', { mean });
  checkNumber('randomNormal', { standardDeviation }, { min: 0 });
  const stream = randomStream(keyOf(source));
  return filled(shape, 'float32', (i) => mean + standardDeviation * stream.normalAt(i));
}

/**
 * Normal numbers, drawn again while they are two standard deviations or more from the mean, as TensorFlow does.
 *
 * @example
 * const x = randomTruncatedNormal([4], { seed: 1 });
 * x.shape; // [4]
 *
 * @throws DownhillError `invalid-argument` as {@link randomNormal}.
 */
export function randomTruncatedNormal(shape: Shape, { mean = 0, standardDeviation = 1, seed, stream = 'tensor' }: NormalOptions): Tensor {
  checkNumber('randomTruncatedNormal', { mean });
  checkNumber('randomTruncatedNormal', { standardDeviation }, { min: 0 });
  const draws: ReturnType<typeof randomStream>[] = [];
  const truncatedAt = (i: number): number => {
    for (let attempt = 0; ; attempt++) {
      const draw = (draws[attempt] ??= randomStream(streamKey(seed, stream, attempt)));
      const z = draw.normalAt(i);
      if (Math.abs(z) < 2) return z;
    }
  };
  return filled(shape, 'float32', (i) => mean + standardDeviation * truncatedAt(i));
}

/**
 * A mask of ones with a given probability.
 *
 * @example
 * const mask = randomBernoulli([8], { seed: 1, probability: 0.5 });
 * mask.dtype; // 'bool'
 *
 * @throws DownhillError `invalid-argument` for a probability outside [0, 1].
 */
export function randomBernoulli(shape: Shape, { probability, ...source }: RandomSource & { readonly probability: number }): Tensor {
  checkNumber('randomBernoulli', { probability }, { min: 0, max: 1 });
  const stream = randomStream(keyOf(source));
  return filled(shape, 'bool', (i) => Number(stream.bernoulliAt(i, probability)));
}

/**
 * The numbers from 0 to n − 1 in random order, as an int32 tensor.
 *
 * @example
 * const order = randomPermutation(5, { seed: 1 });
 * order.shape; // [5]
 *
 * @throws DownhillError `invalid-argument` where n is no whole number from 1 on.
 */
export function randomPermutation(n: number, source: RandomSource): Tensor {
  checkNumber('randomPermutation', { n }, { min: 1, integer: true });
  return tensor(Int32Array.from(randomStream(keyOf(source)).permutation(n)), [n], 'int32');
}

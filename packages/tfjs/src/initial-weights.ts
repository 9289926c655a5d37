import { checkNumber, checkOneOf, randomStream, streamKey } from '@downhill/core';
import { tensor, type Tensor } from '@tensorflow/tfjs-core';
import { randomNormal, randomTruncatedNormal, randomUniform, type RandomSource } from './random.ts';

/** The usual ways to draw first weights. */
export const INITIALIZATIONS = [
  'glorotUniform',
  'glorotNormal',
  'heUniform',
  'heNormal',
  'lecunUniform',
  'lecunNormal',
  'orthogonal',
] as const;
export type Initialization = (typeof INITIALIZATIONS)[number];

/** Options of {@link initialWeights}. */
export interface InitialWeightsOptions extends RandomSource {
  /** A factor on all weights. @defaultValue 1 (Keras) */
  readonly gain?: number;
}

/**
 * How many numbers go into and come out of a unit. Kernels are `[..., in, out]` as in tfjs and Keras; what stands before
 * counts into both.
 */
export function fans(shape: readonly number[]): { readonly fanIn: number; readonly fanOut: number } {
  const field = shape.slice(0, -2).reduce((product, size) => product * size, 1);
  const fanOut = shape.at(-1) ?? 1;
  return { fanIn: field * (shape.at(-2) ?? fanOut), fanOut: field * fanOut };
}

// The standard deviation of a normal variable that is cut off at two: its weights are widened by it (Keras).
const TRUNCATED_DEVIATION = 0.879_625_661_034_239_78;

/** A variance of scale / fan: even over ±√(3 scale / fan), or normal and cut off at two standard deviations. */
function scaled(shape: readonly number[], variance: number, even: boolean, source: RandomSource): Tensor {
  const limit = Math.sqrt(3 * variance);
  return even
    ? randomUniform(shape, { ...source, min: -limit, max: limit })
    : randomTruncatedNormal(shape, { ...source, standardDeviation: Math.sqrt(variance) / TRUNCATED_DEVIATION });
}

/** Makes the columns orthonormal, one after the other; twice, so that rounding does not add up. Column-major, in place. */
function orthonormalize(columns: readonly Float64Array[]): void {
  const dot = (a: Float64Array, b: Float64Array): number => a.reduce((sum, x, i) => sum + x * (b[i] ?? 0), 0);
  columns.forEach((column, k) => {
    for (let pass = 0; pass < 2; pass++)
      for (const before of columns.slice(0, k)) {
        const along = dot(before, column);
        column.forEach((x, i) => (column[i] = x - along * (before[i] ?? 0)));
      }
    const length = Math.sqrt(dot(column, column));
    column.forEach((x, i) => (column[i] = x / length));
  });
}

/** A random matrix with orthonormal columns, or rows where there are fewer of these (Saxe et al. 2014, arXiv:1312.6120). */
function orthogonal(shape: readonly number[], gain: number, { seed, stream = 'tensor' }: RandomSource): Tensor {
  const columns = shape.at(-1) ?? 1;
  const rows = shape.slice(0, -1).reduce((product, size) => product * size, 1);
  const [long, short] = rows >= columns ? [rows, columns] : [columns, rows];
  const noise = randomStream(streamKey(seed, stream));
  const basis = Array.from({ length: short }, (_, k) => Float64Array.from({ length: long }, (_unused, i) => noise.normalAt(k * long + i)));
  orthonormalize(basis);
  const at = (row: number, column: number): number => (rows >= columns ? basis[column]?.[row] : basis[row]?.[column]) ?? 0;
  return tensor(
    Float32Array.from({ length: rows * columns }, (_, i) => gain * at(Math.floor(i / columns), i % columns)),
    [...shape],
  );
}

/**
 * First weights, the same on every backend and engine.
 *
 *     glorot: variance 2 / (fanIn + fanOut)   he: 2 / fanIn   lecun: 1 / fanIn   (times gain²)
 *
 * Glorot & Bengio 2010, equation 16; He et al. 2015, equation 10; LeCun et al. 1998, section 4.6; Saxe et al. 2014. The
 * normal ones are cut off at two standard deviations and widened again, as in Keras.
 *
 * @example
 * const kernel = initialWeights('heNormal', [3, 3, 16, 32], { seed: 1 });
 * kernel.shape; // [3, 3, 16, 32]
 *
 * @throws DownhillError `invalid-argument` for an unknown name, shape, seed or gain.
 */
export function initialWeights(name: Initialization, shape: readonly number[], { gain = 1, ...source }: InitialWeightsOptions): Tensor {
  checkOneOf('initialWeights', 'name', name, INITIALIZATIONS);
  checkNumber('initialWeights', { gain });
  const { fanIn, fanOut } = fans(shape);
  const even = name.endsWith('Uniform');
  switch (name) {
    case 'orthogonal':
      return orthogonal(shape, gain, source);
    case 'glorotUniform':
    case 'glorotNormal':
      return scaled(shape, (gain * gain * 2) / (fanIn + fanOut), even, source);
    case 'heUniform':
    case 'heNormal':
      return scaled(shape, (gain * gain * 2) / fanIn, even, source);
    case 'lecunUniform':
    case 'lecunNormal':
      return scaled(shape, (gain * gain) / fanIn, even, source);
    default:
      return name satisfies never;
  }
}

/** What tfjs-layers says of one of its initializers. */
export interface KerasInitializer {
  readonly className: string;
  readonly config: Readonly<Record<string, unknown>>;
}

const numberIn = (config: Readonly<Record<string, unknown>>, name: string, otherwise: number): number =>
  typeof config[name] === 'number' ? config[name] : otherwise;

/**
 * Draws what a random initializer of tfjs-layers would, with its own distribution, from a seeded stream.
 *
 * @returns `undefined` for an initializer that is not random, or not known.
 */
export function drawLike({ className, config }: KerasInitializer, shape: readonly number[], source: RandomSource): Tensor | undefined {
  const mean = numberIn(config, 'mean', 0);
  const standardDeviation = numberIn(config, 'stddev', 0.05);
  switch (className) {
    case 'RandomUniform':
      return randomUniform(shape, { ...source, min: numberIn(config, 'minval', -0.05), max: numberIn(config, 'maxval', 0.05) });
    case 'RandomNormal':
      return randomNormal(shape, { ...source, mean, standardDeviation });
    case 'TruncatedNormal':
      return randomTruncatedNormal(shape, { ...source, mean, standardDeviation });
    case 'Orthogonal':
      return orthogonal(shape, numberIn(config, 'gain', 1), source);
    case 'VarianceScaling': {
      const { fanIn, fanOut } = fans(shape);
      const fan = config['mode'] === 'fanIn' ? fanIn : config['mode'] === 'fanOut' ? fanOut : (fanIn + fanOut) / 2;
      const variance = numberIn(config, 'scale', 1) / Math.max(1, fan);
      // tfjs does not widen the normal one again.
      return config['distribution'] === 'normal'
        ? randomTruncatedNormal(shape, { ...source, standardDeviation: Math.sqrt(variance) })
        : scaled(shape, variance, true, source);
    }
    default:
      return undefined;
  }
}

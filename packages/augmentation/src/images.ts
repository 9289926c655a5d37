import { DownhillError, show } from '@downhill/core';
import { tensor4d, type Tensor4D } from '@tensorflow/tfjs-core';
import type { Image, Range } from './passes/image.ts';
import { roundedHalfToEven } from './passes/levels.ts';

/** The images of a batch and the range of their values. */
export interface ReadImages {
  readonly images: readonly Image[];
  readonly range: Range;
}

/**
 * The images of a batch, and what their values are: fractions, or levels where the original implementation's roundings are wanted.
 *
 * @throws DownhillError `shape-mismatch`, `invalid-argument`, `non-finite` for what is no batch of images.
 */
export function imagesOf(tensor: Tensor4D, faithful: boolean): ReadImages {
  const { shape, dtype } = tensor;
  if (shape.length !== 4 || shape.includes(0) || (dtype !== 'float32' && dtype !== 'int32'))
    throw new DownhillError({
      code: 'shape-mismatch',
      source: 'augmentation',
      problem: `images must be [batch, height, width, channels] of float32 (0 to 1) or int32 (0 to 255), got ${show(shape)} of ${dtype}`,
      advice:
        shape.length === 4
          ? 'Cast them with tf.cast(images, type), and leave empty batches out.'
          : 'Add a batch axis with tf.expandDims(image).',
    });
  const values = tensor.dataSync();
  checkFinite('images', values, shape);
  if (dtype === 'int32') checkLevels(values, shape);
  const range = dtype === 'int32' && faithful ? 255 : 1;
  const scale = dtype === 'int32' && range === 1 ? 1 / 255 : 1;
  return {
    images: framesOf(dtype === 'float32' ? (values as Float32Array) : Float32Array.from(values, (value) => value * scale), shape),
    range,
  };
}

/** The parts of a batch's values that are an image each. */
export function framesOf(values: Float32Array, [count = 0, height = 0, width = 0, channels = 0]: readonly number[]): readonly Image[] {
  const size = height * width * channels;
  return Array.from({ length: count }, (_, i) => ({ height, width, channels, data: values.subarray(i * size, (i + 1) * size) }));
}

/** @throws DownhillError `non-finite` */
export function checkFinite(name: string, values: ArrayLike<number>, shape: readonly number[]): void {
  let sum = 0; // faster than to ask of each
  for (let i = 0; i < values.length; i++) sum += Math.abs(values[i] ?? 0);
  if (Number.isFinite(sum)) return;
  const bad = Array.from(values).findIndex((value) => !Number.isFinite(value));
  if (bad < 0) return;
  throw new DownhillError({
    code: 'non-finite',
    source: 'augmentation',
    problem: `\`${name}[${imageOf(bad, values, shape)}]\` holds ${values[bad]}`,
    advice: `Nothing was computed. Look where the ${name} come from.`,
  });
}

const imageOf = (at: number, { length }: ArrayLike<number>, [count = 1]: readonly number[]): number => Math.floor(at / (length / count));

function checkLevels(values: ArrayLike<number>, shape: readonly number[]): void {
  for (let i = 0; i < values.length; i++) {
    const level = values[i] ?? 0;
    if (level >= 0 && level <= 255) continue;
    throw new DownhillError({
      code: 'invalid-argument',
      source: 'augmentation',
      problem: `images of int32 must hold levels from 0 to 255, got ${level} in \`images[${imageOf(i, values, shape)}]\``,
      advice: 'Cast them to float32 where they are no levels.',
    });
  }
}

/** The values of images of one size, one after the other. */
export function joined(images: Iterable<Image>, shape: readonly number[]): Float32Array {
  const values = new Float32Array(shape.reduce((product, side) => product * side, 1));
  let at = 0;
  for (const { data } of images) {
    values.set(data, at);
    at += data.length;
  }
  return values;
}

/** Images as a batch of the type that they were given as. */
export function tensorOfImages(values: Float32Array, shape: Tensor4D['shape'], dtype: Tensor4D['dtype'], range: Range): Tensor4D {
  if (dtype !== 'int32') return tensor4d(values, shape);
  const scale = range === 1 ? 255 : 1;
  const levels = Int32Array.from(values, (value) => Math.min(255, Math.max(0, roundedHalfToEven(value * scale))));
  return tensor4d(levels, shape, 'int32');
}

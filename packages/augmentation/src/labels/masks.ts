import { DownhillError } from '@downhill/core';
import { tensor4d, type Tensor4D } from '@tensorflow/tfjs-core';
import { checkFinite, framesOf } from '../images.ts';
import type { Image } from '../passes/image.ts';

/** What a pipeline is told about masks. */
export interface MaskOptions {
  /** What stands outside the image, such as the label that a loss ignores. @defaultValue 0 */
  outside?: number;
}

/** float32 holds all whole numbers up to it. */
const LARGEST = 2 ** 24;

/** Masks whose values stay what they are, as float32. @throws DownhillError `shape-mismatch`, `non-finite`, `invalid-argument` */
export function masksOf(source: string, masks: Tensor4D, [count, height, width]: readonly number[]): readonly Image[] {
  const { shape } = masks;
  if (shape.length !== 4 || shape[0] !== count || shape[1] !== height || shape[2] !== width)
    throw new DownhillError({
      code: 'shape-mismatch',
      source,
      problem: `\`masks\` must be [${count}, ${height}, ${width}, channels], of the images' number and size, got [${shape.join(', ')}]`,
      advice: 'Resize them first, without interpolation, or add an axis of channels with tf.expandDims(masks, 3).',
    });
  const values = Float32Array.from(masks.dataSync());
  checkFinite('masks', values, shape);
  if (masks.dtype === 'int32' && values.some((value) => Math.abs(value) > LARGEST))
    throw new DownhillError({
      code: 'invalid-argument',
      source,
      problem: `\`masks\` of int32 must hold numbers from -2^24 to 2^24, got ${values.find((value) => Math.abs(value) > LARGEST)}`,
    });
  return framesOf(values, shape);
}

/** Masks of one size as a batch, of the type that they had. */
export function tensorOfMasks(values: Float32Array, shape: Tensor4D['shape'], dtype: Tensor4D['dtype']): Tensor4D {
  if (dtype === 'float32') return tensor4d(values, shape);
  return tensor4d(dtype === 'bool' ? Uint8Array.from(values) : Int32Array.from(values), shape, dtype);
}

import { DownhillError, show } from '@downhill/core';
import { tensor4d, type DataType, type Tensor4D } from '@tensorflow/tfjs-core';
import type { Image, Range } from './passes/image.ts';
import { roundedHalfToEven } from './passes/levels.ts';

/** The images of a batch and the range of their values. */
export interface ReadImages {
  readonly images: readonly Image[];
  readonly range: Range;
}

/** The images of a batch, and what their values are: fractions, or levels where the original implementation's roundings are wanted. */
export function imagesOf(tensor: Tensor4D, faithful: boolean): ReadImages {
  const { shape, dtype } = tensor;
  if (shape.length !== 4 || (dtype !== 'float32' && dtype !== 'int32'))
    throw new DownhillError({
      code: 'shape-mismatch',
      source: 'augmentation',
      problem: `images must be [batch, height, width, channels] of float32 (0 to 1) or int32 (0 to 255), got ${show(shape)} of ${dtype}`,
      advice: 'Add a batch axis with tf.expandDims(image).',
    });
  const [count, height, width, channels] = shape;
  const values = tensor.dataSync();
  const bad = notFinite(values);
  if (bad !== undefined)
    throw new DownhillError({
      code: 'non-finite',
      source: 'augmentation',
      problem: `image ${Math.floor(bad / (height * width * channels))} holds ${values[bad]}`,
      advice: 'Nothing was computed. Look where the images come from.',
    });
  const range = dtype === 'int32' && faithful ? 255 : 1;
  const scale = dtype === 'int32' && range === 1 ? 1 / 255 : 1;
  const size = height * width * channels;
  const images = Array.from({ length: count }, (_, i) => {
    const own = values.subarray(i * size, (i + 1) * size);
    return {
      height,
      width,
      channels,
      data: dtype === 'float32' ? (own as Float32Array) : Float32Array.from(own, (value) => value * scale),
    };
  });
  return { images, range };
}

/** Where the first value is NaN or infinite. */
function notFinite(values: ArrayLike<number>): number | undefined {
  let sum = 0; // faster than to ask of each
  for (let i = 0; i < values.length; i++) sum += Math.abs(values[i] ?? 0);
  return Number.isFinite(sum) ? undefined : Array.from(values).findIndex((value) => !Number.isFinite(value));
}

/** Images of one size, one after the other, as a batch. */
export function tensorOfImages(images: Iterable<Image>, count: number, dtype: DataType, range: Range): Tensor4D {
  const scale = dtype === 'int32' && range === 1 ? 255 : 1;
  let shape: [number, number, number, number] = [count, 0, 0, 0];
  let values = new Float32Array();
  let at = 0;
  for (const { height, width, channels, data } of images) {
    if (at === 0) {
      shape = [count, height, width, channels];
      values = new Float32Array(count * data.length);
    }
    if (height !== shape[1] || width !== shape[2])
      throw new DownhillError({
        code: 'shape-mismatch',
        source: 'augmentation',
        problem: `the images of a batch must end with one size, got ${shape[1]} x ${shape[2]} and ${height} x ${width}`,
        advice: 'End the pipeline with a crop or a resize.',
      });
    values.set(data, at);
    at += data.length;
  }
  return dtype === 'int32'
    ? tensor4d(
        Int32Array.from(values, (value) => levelFrom(value * scale)),
        shape,
        'int32',
      )
    : tensor4d(values, shape);
}

const levelFrom = (value: number): number => Math.min(255, Math.max(0, roundedHalfToEven(value)));

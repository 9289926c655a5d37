import { DownhillError, show } from '@downhill/core';
import { tensor4d, type DataType, type Tensor4D } from '@tensorflow/tfjs-core';
import type { Image, Range } from './passes/image.ts';
import { roundedHalfToEven } from './passes/levels.ts';

/** The images of a batch, and what their values are: fractions, or levels where the original implementation's roundings are wanted. */
export function imagesOf(tensor: Tensor4D, faithful: boolean): { readonly images: readonly Image[]; readonly range: Range } {
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
  const bad = values.findIndex((value: number) => !Number.isFinite(value));
  if (bad >= 0)
    throw new DownhillError({
      code: 'non-finite',
      source: 'augmentation',
      problem: `image ${Math.floor(bad / (height * width * channels))} holds ${values[bad]}`,
      advice: 'Nothing was computed. Look where the images come from.',
    });
  const range = dtype === 'int32' && faithful ? 255 : 1;
  const scale = dtype === 'int32' && range === 1 ? 1 / 255 : 1;
  const size = height * width * channels;
  const images = Array.from({ length: count }, (_, i) => ({
    height,
    width,
    channels,
    data: Float32Array.from(values.subarray(i * size, (i + 1) * size), (value) => value * scale),
  }));
  return { images, range };
}

/** Images of one size as a batch. */
export function tensorOfImages(images: readonly Image[], dtype: DataType, range: Range): Tensor4D {
  const [first] = images;
  const { height = 0, width = 0, channels = 0 } = first ?? {};
  const size = height * width * channels;
  const values = dtype === 'int32' ? new Int32Array(images.length * size) : new Float32Array(images.length * size);
  const scale = dtype === 'int32' && range === 1 ? 255 : 1;
  for (const [i, image] of images.entries()) {
    if (image.height !== height || image.width !== width)
      throw new DownhillError({
        code: 'shape-mismatch',
        source: 'augmentation',
        problem: `the images of a batch must end with one size, got ${height} x ${width} and ${image.height} x ${image.width}`,
        advice: 'End the pipeline with a crop or a resize.',
      });
    values.set(dtype === 'int32' ? image.data.map((value) => levelFrom(value * scale)) : image.data, i * size);
  }
  return tensor4d(values, [images.length, height, width, channels], dtype === 'int32' ? 'int32' : 'float32');
}

const levelFrom = (value: number): number => Math.min(255, Math.max(0, roundedHalfToEven(value)));

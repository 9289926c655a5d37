import { tensor, type Tensor4D } from '@tensorflow/tfjs-core';
import { roundedHalfToEven } from '../passes/levels.ts';
import type { CutmixBox } from './cutmix-box.ts';

// In JavaScript: what pipelines leave lies there, and tfjs's `wasm` backend takes a hundred times as long to gather and to choose.

/** The values of a batch of images. */
export type Pixels = Float32Array | Int32Array;

/** A share of each image and the rest of its partner; levels come out as the nearest level. */
export function blendedImages(images: Tensor4D, values: Pixels, partners: readonly number[], share: number): Tensor4D {
  const size = values.length / images.shape[0];
  const mixed = values.slice();
  const rounded = images.dtype === 'int32' ? roundedHalfToEven : (value: number): number => value;
  for (const [i, partner] of partners.entries()) {
    const [own, other] = [i * size, partner * size];
    for (let j = 0; j < size; j++) mixed[own + j] = rounded(share * (values[own + j] ?? 0) + (1 - share) * (values[other + j] ?? 0));
  }
  return tensor(mixed, images.shape, images.dtype);
}

/** The images with a box of their partners in them. */
export function pastedImages(
  images: Tensor4D,
  values: Pixels,
  partners: readonly number[],
  { top, bottom, left, right }: CutmixBox,
): Tensor4D {
  const [, height, width, channels] = images.shape;
  const mixed = values.slice();
  for (const [i, partner] of partners.entries())
    for (let row = top; row < bottom; row++) {
      const [own, other] = [i, partner].map((image) => ((image * height + row) * width + left) * channels) as [number, number];
      mixed.set(values.subarray(other, other + (right - left) * channels), own);
    }
  return tensor(mixed, images.shape, images.dtype);
}

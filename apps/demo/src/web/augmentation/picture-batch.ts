import { tensor4d, type Tensor4D } from '@tensorflow/tfjs-core';
import { pixelsOf, type Pixels } from '../charts/pixels.ts';

/** A picture as a batch of one, fractions of red, green and blue. */
export const batchOf = ({ width, height, data }: Pixels): Tensor4D =>
  tensor4d(
    Float32Array.from({ length: 3 * width * height }, (_, i) => (data[4 * Math.floor(i / 3) + (i % 3)] ?? 0) / 255),
    [1, height, width, 3],
  );

/** The first image of a batch, which is disposed of. */
export function pictureOf(batch: Tensor4D): Pixels {
  const [, height, width] = batch.shape;
  const values = batch.dataSync();
  batch.dispose();
  return pixelsOf(values, height, width);
}

/** Does work with a picture as a batch of one, and disposes of that. */
export function withBatch<Made>(picture: Pixels, work: (batch: Tensor4D) => Made): Made {
  const batch = batchOf(picture);
  try {
    return work(batch);
  } finally {
    batch.dispose();
  }
}

import { compose } from '@downhill/augmentation';
import type { Augmentation, Json } from '@downhill/core';
import { tensor4d, tidy, type Tensor4D } from '@tensorflow/tfjs-core';
import type { Picture } from './picture.ts';

const SEED = 1;

/** A batch of one. */
export const batchOf = ({ height, width, data }: Picture): Tensor4D => tensor4d(data, [1, height, width, 3]);

/** The first image of a batch. */
export function pictureOf(batch: Tensor4D, zoom: number): Picture {
  const [, height, width] = batch.shape;
  return { height, width, data: Float32Array.from(batch.dataSync().subarray(0, height * width * 3)), zoom };
}

/** What work comes to, with no tensor left of it. */
export function freed<Value>(work: () => Value): Value {
  const values: Value[] = [];
  tidy(() => void values.push(work()));
  return values[0] as Value;
}

/** A picture after operations: with given draws, or those of the first sample. */
export function applied(picture: Picture, operations: readonly Augmentation[], draws?: readonly Json[]): Picture {
  const pipeline = compose(operations, { seed: SEED });
  return freed(() => {
    const batch = batchOf(picture);
    return pictureOf(draws === undefined ? pipeline.apply(batch) : pipeline.replay(batch, [draws]), picture.zoom);
  });
}

/** What chance decides for a sample. */
export const drawn = ({ height, width }: Picture, operation: Augmentation, sample: number): Json =>
  compose([operation], { seed: SEED }).draw({ images: 1, height, width, channels: 3 }, { samples: [sample] })[0]?.[0] ?? null;

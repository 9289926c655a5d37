import { compose } from '@downhill/augmentation';
import type { Augmentation, Json } from '@downhill/core';
import { tidy, type Tensor, type Tensor4D } from '@tensorflow/tfjs-core';
import { tensorOf, type TensorData } from '../../cases/tensor-data.ts';

/** Images after operations whose draws are given, with the roundings of the reference. The caller disposes of them. */
export const replayed = (input: TensorData, ...steps: readonly (readonly [operation: unknown, draw: Json])[]): Tensor =>
  tidy(() => {
    const images = tensorOf(input) as Tensor4D;
    const pipeline = compose(
      steps.map(([operation]) => operation as Augmentation),
      { faithful: true },
    );
    const draws = steps.map(([, draw]) => draw);
    return pipeline.replay(
      images,
      Array.from({ length: images.shape[0] }, () => draws),
    );
  });

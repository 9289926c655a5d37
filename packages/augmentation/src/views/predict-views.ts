import { DownhillError, type Augmentation } from '@downhill/core';
import { addN, div, tidy, type Tensor, type Tensor4D } from '@tensorflow/tfjs-core';
import { compose } from '../compose.ts';
import { resizeShorter } from '../operations/resize-shorter.ts';
import type { ResizeSampling } from '../operations/resize.ts';
import type { View } from './crops.ts';

/**
 * The mean of what a model makes of several views of each image: test-time augmentation (Krizhevsky et al. 2012, section 4.1).
 *
 * @param predict Gets the images as a view shows them; `(images) => model.predict(images)`.
 * @param views Such as `tenCrop(24)`. What they draw depends on the image's place in the batch alone.
 * @returns The mean; the caller disposes of it.
 *
 * @example
 * const average = predictViews((images) => tf.mean(images, [1, 2, 3]), tf.ones([2, 8, 8, 3]), tenCrop(6));
 * average.shape; // [2]
 *
 * @throws DownhillError `invalid-argument` without a view.
 */
export function predictViews(predict: (images: Tensor4D) => Tensor, images: Tensor4D, views: readonly View[]): Tensor {
  if (views.length === 0)
    throw new DownhillError({
      code: 'invalid-argument',
      source: 'predictViews',
      problem: '`views` must hold at least one view, got none',
      advice: 'Pass tenCrop(size), or [[]] for the images as they are.',
    });
  return tidy(() => div(addN(views.map((view) => tidy(() => predict(compose(view).apply(images))))), views.length));
}

/** Options of {@link multiScale}. */
export interface MultiScaleOptions extends ResizeSampling {
  /** Shorter sides in pixels. @defaultValue 224, 256, 384, 480, 640 (He et al. 2016, section 3.4) */
  sides?: readonly number[];
}

/**
 * Views of several sizes, for models that take any (He et al. 2016, section 3.4); each followed by others, such as those of `tenCrop`.
 *
 * @example
 * const views = multiScale([[]], { sides: [28, 32] });
 * views.length; // 2
 *
 * @throws DownhillError `invalid-argument` for a side that is no whole number from 1 on.
 */
export function multiScale(
  views: readonly View[],
  { sides = [224, 256, 384, 480, 640], ...sampling }: MultiScaleOptions = {},
): readonly View[] {
  return sides.flatMap((side) => {
    const resized: Augmentation = resizeShorter({ side, ...sampling });
    return views.map((view) => [resized, ...view]);
  });
}

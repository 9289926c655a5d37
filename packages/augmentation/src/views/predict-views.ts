import type { Augmentation } from '@downhill/core';
import { addN, div, Tensor, tidy, type Tensor4D } from '@tensorflow/tfjs-core';
import { compose } from '../pipeline/compose.ts';
import { resizeShorter } from '../operations/resize-shorter.ts';
import type { ResizeSampling } from '../operations/resize.ts';
import { checkPrediction, checkViews } from './check-views.ts';
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
 * @throws DownhillError `invalid-argument` without a view; `shape-mismatch` for predictions that are not one row an image, or differ by the
 * view's size: {@link predictViewMasks} takes those of each pixel.
 */
export function predictViews(predict: (images: Tensor4D) => Tensor, images: Tensor4D, views: readonly View[]): Tensor {
  checkViews('predictViews', views);
  return tidy(() => {
    let wanted: readonly (number | undefined)[] | undefined;
    const predictions = views.map((view) =>
      tidy(() => {
        const predicted: unknown = predict(compose(view).apply(images));
        wanted ??= [images.shape[0], ...(predicted instanceof Tensor ? predicted.shape.slice(1) : [])];
        checkPrediction('predictViews', predicted, wanted);
        return predicted;
      }),
    );
    return div(addN(predictions), views.length);
  });
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

import { checkNumber, DownhillError, show } from '@downhill/core';
import { expandDims, squeeze, Tensor, tidy, type Tensor4D } from '@tensorflow/tfjs-core';
import type { Pipeline } from '../pipeline/pipeline.ts';

/** Options of {@link mapImages}. */
export interface MapImagesOptions {
  /** How many images were augmented before: for a run that goes on where another one ended. @defaultValue 0 */
  seen?: number;
}

/**
 * A function for `dataset.map(...)` of `@tensorflow/tfjs-data`: it augments the images of an element, which is a tensor of them or an object
 * that has it as `xs`, such as `model.fitDataset` takes; a batch [batch, height, width, channels] or one image [height, width, channels].
 * Whatever else the element has stays as it is.
 *
 * A data set does not say which samples an element holds, nor when an epoch begins. So images are counted as they come: the k-th one since the
 * function was made, over all epochs, draws as sample k of epoch 0. The same data in the same order are augmented in the same way, whatever
 * the batch size, and each epoch in another one. A data set that is shuffled needs a seed for that. Make a function for each data set.
 *
 * @example
 * const augment = mapImages(compose([flip()], { seed: 1 }));
 * const { xs, ys } = augment({ xs: tf.zeros([2, 8, 8, 3]), ys: tf.zeros([2, 1]) });
 * [xs.shape, ys.shape]; // [[2, 8, 8, 3], [2, 1]]
 *
 * @throws DownhillError `invalid-argument` for a count that is none; from its function for an element without images.
 */
export function mapImages(pipeline: Pipeline, { seen = 0 }: MapImagesOptions = {}): <Element>(element: Element) => Element {
  checkNumber('mapImages', { seen }, { min: 0, integer: true });
  let next = seen;
  const augment = (images: Tensor): Tensor =>
    tidy(() => {
      const batch = (images.rank === 3 ? expandDims(images, 0) : images) as Tensor4D;
      const views = pipeline.apply(batch, { samples: Array.from({ length: batch.shape[0] }, (_, i) => next + i) });
      next += batch.shape[0];
      return images.rank === 3 ? squeeze(views, [0]) : views;
    });
  return <Element>(element: Element): Element => {
    if (element instanceof Tensor) return augment(element) as Element;
    const { xs } = Object(element) as { readonly xs?: unknown };
    if (!(xs instanceof Tensor)) throw withoutImages(element);
    return { ...element, xs: augment(xs) };
  };
}

const withoutImages = (element: unknown): DownhillError =>
  new DownhillError({
    code: 'invalid-argument',
    source: 'mapImages',
    problem: `an element must be a tensor of images, or have one as \`xs\`, got ${show(element)}`,
    advice: 'Map before: dataset.map(({ image, label }) => ({ xs: image, ys: label })).',
  });

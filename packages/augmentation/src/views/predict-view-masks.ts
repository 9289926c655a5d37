import { checkNumber, complete, DownhillError } from '@downhill/core';
import { tensor4d, tidy, type Tensor, type Tensor4D } from '@tensorflow/tfjs-core';
import { compose } from '../pipeline/compose.ts';
import { checkFinite, framesOf, imagesOf } from '../images.ts';
import type { Image } from '../passes/image.ts';
import type { Drawn } from '../pipeline/pipeline.ts';
import { walkAsDrawn } from '../walk.ts';
import { checkPrediction, checkViews } from './check-views.ts';
import type { View } from './crops.ts';
import { movedBack } from './moved-back.ts';

/** Options of {@link predictViewMasks}. */
export interface PredictViewMasksOptions {
  /** What stands where no view has shown a pixel. @defaultValue 0: no class has a share there */
  unseen?: number;
}

/**
 * What a model makes of each pixel, as a mean over several views of the images: each prediction is moved back to where the pixels were, and
 * counts for a pixel as much as the view covers it.
 *
 *     y(p) = Σ cᵥ(p) yᵥ(Tᵥ p) / Σ cᵥ(p)      Tᵥ: where view v shows a point, cᵥ: the share of p that it shows
 *
 * Between the pixels of a view it is bilinear, and what a view shows of outside the image does not count. Any geometry can be moved back,
 * but for a displacement that folds the picture.
 *
 * @param predict Gets the images as a view shows them, gives [batch, height, width, classes] of the same size.
 * @param views Such as `multiScale([[], [flip({ probability: 1 })]])`. What they draw depends on the image's place in the batch alone.
 * @returns [batch, height, width, classes] of the images' size; the caller disposes of it.
 *
 * @example
 * const average = predictViewMasks((images) => tf.softmax(images), tf.ones([2, 8, 8, 3]), [[], [flip({ probability: 1 })]]);
 * average.shape; // [2, 8, 8, 3]
 *
 * @throws DownhillError `invalid-argument` without a view; `shape-mismatch`, `non-finite` for what is no prediction of each pixel;
 * `unsupported` for a displacement that folds the picture.
 */
export function predictViewMasks(
  predict: (images: Tensor4D) => Tensor,
  images: Tensor4D,
  views: readonly View[],
  options: PredictViewMasksOptions = {},
): Tensor4D {
  const { unseen } = complete('predictViewMasks', options, { unseen: 0 });
  checkNumber('predictViewMasks', { unseen });
  checkViews('predictViewMasks', views);
  imagesOf(images, false);
  const [count, height, width, channels] = images.shape;
  const size = { height, width, channels };
  const covered = new Float32Array(count * height * width);
  let sums = new Float32Array();
  for (const view of views) {
    const drawn = compose(view).draw({ images: count, ...size });
    const predictions = predictionsOf(predict, images, view, drawn);
    const classes = checkedClasses(predictions, sums.length / covered.length);
    if (sums.length === 0) sums = new Float32Array(covered.length * classes);
    for (const [i, prediction] of predictions.entries()) {
      const { effects } = walkAsDrawn(view, size, drawn[i] ?? []);
      const back = movedBack(effects, size, prediction);
      add(sums, i * height * width * classes, back.prediction);
      add(covered, i * height * width, back.coverage);
    }
  }
  const classes = sums.length / covered.length;
  const means = sums.map((sum, i) => {
    const share = covered[Math.floor(i / classes)] ?? 0;
    return share > 0 ? sum / share : unseen;
  });
  return tensor4d(means, [count, height, width, classes]);
}

/** What the model makes of a view, image by image. */
function predictionsOf(predict: (images: Tensor4D) => Tensor, images: Tensor4D, view: View, drawn: Drawn): readonly Image[] {
  let predictions: readonly Image[] = [];
  tidy(() => {
    const shown = compose(view).replay(images, drawn);
    const predicted: unknown = predict(shown);
    checkPrediction('predictViewMasks', predicted, [...shown.shape.slice(0, 3), undefined]);
    const values = predicted.dataSync<'float32'>();
    checkFinite('predictions', values, predicted.shape);
    predictions = framesOf(values, predicted.shape);
  });
  return predictions;
}

/** @param before Those of the views before, 0 for the first. */
function checkedClasses([first]: readonly Image[], before: number): number {
  const classes = first?.channels ?? 0;
  if (before === 0 || classes === before) return classes;
  throw new DownhillError({
    code: 'shape-mismatch',
    source: 'predictViewMasks',
    problem: `\`predict\` must return as many classes for each view, got ${before} and ${classes}`,
  });
}

function add(sums: Float32Array, start: number, { data }: Image): void {
  for (let i = 0; i < data.length; i++) sums[start + i] = (sums[start + i] ?? 0) + (data[i] ?? 0);
}

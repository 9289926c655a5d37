import { DownhillError, show, type ImageSize } from '@downhill/core';
import type { DataType, Tensor4D } from '@tensorflow/tfjs-core';
import { imagesOf, joined, tensorOfImages } from '../images.ts';
import type { Image } from '../passes/image.ts';
import { plan } from '../passes/plan.ts';
import { pullBack } from '../passes/pull-back.ts';
import type { Walk } from '../walk.ts';

/** The gradient by images, given that by what their walks make of them. */
export function pulledBack(
  gradient: Tensor4D,
  images: Tensor4D,
  walksOf: (images: readonly ImageSize[]) => readonly Walk[],
  faithful: boolean,
): Tensor4D {
  if (gradient.dtype !== 'float32' || images.dtype !== 'float32') throw notFractions(gradient.dtype, images.dtype);
  const [read, slopes] = [imagesOf(images, false).images, imagesOf(gradient, false).images];
  const walks = walksOf(read);
  const pulled = function* (): Generator<Image> {
    for (const [i, image] of read.entries()) {
      const [walk, slope] = [walks[i], slopes[i]];
      if (walk === undefined || slope === undefined || !isOfSize(slope, walk.size)) throw otherSize(gradient.shape);
      yield pullBack(image, slope, plan(walk.effects, image, { faithful }));
    }
  };
  return tensorOfImages(joined(pulled(), images.shape), images.shape, 'float32', 1);
}

const isOfSize = (image: ImageSize, size: ImageSize): boolean =>
  image.height === size.height && image.width === size.width && image.channels === size.channels;

const otherSize = (shape: readonly number[]): DownhillError =>
  new DownhillError({
    code: 'shape-mismatch',
    source: 'compose',
    problem: `\`gradient\` must have the shape of what apply makes of the images, got ${show(shape)}`,
  });

const notFractions = (...dtypes: readonly DataType[]): DownhillError =>
  new DownhillError({
    code: 'invalid-argument',
    source: 'compose',
    problem: `a gradient is known for images of float32 only, got ${dtypes.join(' and ')}`,
    advice: 'Bring them to fractions with tf.div(images, 255).',
  });

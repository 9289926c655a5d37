import {
  checkNumber,
  DownhillError,
  isAugmentation,
  show,
  type Augmentation,
  type Effect,
  type ImageSize,
  type Json,
} from '@downhill/core';
import type { DataType, Tensor4D } from '@tensorflow/tfjs-core';
import { drawsOf } from './draws-of.ts';
import { explained } from './explained.ts';
import { imagesOf, tensorOfImages, type ReadImages } from './images.ts';
import { boxesAfter, checkBoxes, type BoxFormat, type FollowedBox, type FourNumbers } from './labels/boxes.ts';
import { geometryOf, pointMapOf, type PointMap } from './labels/geometry-of.ts';
import { nativeKernels } from './native/kernels.ts';
import { keypointsAfter, type Keypoint, type Point } from './labels/keypoints.ts';
import type { Image } from './passes/image.ts';
import { portableKernels, type Kernels } from './passes/kernels.ts';
import { plan } from './passes/plan.ts';
import { pullBack } from './passes/pull-back.ts';
import { runPasses } from './passes/run-passes.ts';

/** Options of {@link compose}. */
export interface PipelineOptions {
  /** A safe integer. @defaultValue 0 */
  seed?: number;
  /** Tells two pipelines of one seed apart. @defaultValue 'images' */
  stream?: string;
  /**
   * Every operation by itself, with the roundings of torchvision: for images of whole levels as after each of its operations.
   * @defaultValue false
   */
  faithful?: boolean;
}

/** Which images a batch holds. */
export interface Which {
  /** Epochs finished. @defaultValue 0 */
  readonly epoch?: number;
  /** Each image's index in the data set. @defaultValue 0, 1, ... */
  readonly samples?: ArrayLike<number>;
}

/** What chance decided: for each image a draw for each operation. Plain JSON. */
export type Drawn = readonly (readonly Json[])[];

/** An image's labels under its draws. */
export interface Followed extends PointMap {
  /** Where points go. */
  keypoints(points: readonly Point[]): readonly Keypoint[];
  /**
   * Where boxes go, cut off at the image's edges.
   *
   * @throws DownhillError `invalid-argument` for a box that is none or lies outside the image.
   */
  boxes(boxes: readonly FourNumbers[], format?: BoxFormat): readonly FollowedBox[];
}

/** Shared by all pipelines: they work on one image at a time. */
let kernels: Kernels | undefined;

/** Operations one after the other, as few ways through the images as they need. */
export interface Pipeline {
  /** What chance decides for a batch, with nothing done. */
  draw(batch: ImageSize & { readonly images: number }, which?: Which): Drawn;
  /**
   * The images after all operations: those of dtype float32 have values from 0 to 1, those of int32 levels from 0 to 255.
   *
   * @param images [batch, height, width, channels]; stays as it is.
   */
  apply(images: Tensor4D, which?: Which): Tensor4D;
  /** The same as draws of {@link Pipeline.draw} say, or others. */
  replay(images: Tensor4D, drawn: Drawn): Tensor4D;
  /**
   * The gradient by the images of a function whose gradient by what {@link Pipeline.apply} makes of them is given.
   *
   * @param gradient [batch, height, width, channels], of the size of the result; stays as it is.
   * @param images The same that were given to `apply`, of dtype float32.
   * @throws DownhillError `unsupported` where the pipeline holds more than geometry, matrices of colour and each channel's contrast.
   */
  pullBack(gradient: Tensor4D, images: Tensor4D, which?: Which): Tensor4D;
  /** What became of a place in an image under its draws: for boxes and keypoints. */
  follow(image: ImageSize, draws: readonly Json[]): Followed;
  /**
   * Masks as the images' draws move them, without interpolation; what was outside is 0.
   *
   * @param masks [batch, height, width, channels], of the images' size; stays as it is.
   */
  replayMasks(masks: Tensor4D, drawn: Drawn): Tensor4D;
  /** What is done to an image, pass by pass, and why: with given draws, or those of the first sample. */
  explain(image: ImageSize, draws?: readonly Json[]): string;
}

/**
 * Joins operations to a pipeline. Seed, stream, sample and epoch alone decide what is drawn for an image, whatever the batch.
 *
 * Neighbouring geometric operations are one resampling, neighbouring matrices of colour are one, and what changes pixels one by one is one
 * pass; {@link Pipeline.explain} says so.
 *
 * @example
 * const pipeline = compose([crop({ size: 32, padding: 4 }), flip()], { seed: 1 });
 * const views = pipeline.apply(tf.zeros([2, 32, 32, 3]), { epoch: 0, samples: [0, 1] });
 * views.shape; // [2, 32, 32, 3]
 *
 * @throws DownhillError `invalid-argument` for what is no operation, or a seed that is none; from its functions for images that are no batch,
 * that hold NaN or infinity, or that an operation does not take.
 */
export function compose(operations: readonly Augmentation[], options: PipelineOptions = {}): Pipeline {
  const { seed = 0, stream = 'images', faithful = false } = options;
  checkNumber('compose', { seed }, { integer: true });
  const parts = operations.map((operation: unknown, i): Augmentation => {
    if (isAugmentation(operation)) return operation;
    throw new DownhillError({
      code: 'invalid-argument',
      source: 'compose',
      problem: `\`operations[${i}]\` must be an operation such as flip(), got ${show(operation)}`,
    });
  });

  /** What the operations do to an image, one after the other: each gets its draw for the image as the ones before left it. */
  const walk = (image: ImageSize, drawOf: (part: Augmentation, place: number, size: ImageSize) => Json): Walk => {
    let size = image;
    const draws: Json[] = [];
    const effects: Effect[] = [];
    for (const [place, part] of parts.entries()) {
      const drawn = drawOf(part, place, size);
      const own = part.apply(drawn, size);
      size = sizeAfter(own, size);
      draws.push(drawn);
      effects.push(...own);
    }
    return { draws, effects };
  };

  const drawn = (image: ImageSize, epoch: number, sample: number): Walk => {
    const drawsAt = drawsOf({ seed, stream, epoch, sample });
    return walk(image, (part, place, size) => part.draw(drawsAt(place), size));
  };

  const given = (image: ImageSize, draws: readonly Json[]): Walk => walk(image, (_, place) => draws[place] ?? null);

  const samplesOf = (images: number, { samples }: Which): ArrayLike<number> => {
    if (samples === undefined) return Array.from({ length: images }, (_, i) => i);
    if (samples.length === images) return samples;
    throw new DownhillError({
      code: 'shape-mismatch',
      source: 'compose',
      problem: `\`samples\` must have an index for each of ${images} images, got ${samples.length}`,
    });
  };

  /** The batch after the effects that `effectsOf` gives for each image. */
  const run = (
    tensor: Tensor4D,
    { images, range }: ReadImages,
    effectsOf: (image: ImageSize, i: number) => readonly Effect[],
  ): Tensor4D => {
    const passes = images.map((image, i) => plan(effectsOf(image, i), image, { faithful }));
    kernels ??= nativeKernels() ?? portableKernels;
    const active = kernels;
    const views = function* (): Generator<Image> {
      for (const [i, image] of images.entries()) yield runPasses(active, image, passes[i] ?? [], range);
    };
    return tensorOfImages(views(), images.length, tensor.dtype, range);
  };

  const replay = (tensor: Tensor4D, draws: Drawn, seen: (effects: readonly Effect[], image: ImageSize) => readonly Effect[]): Tensor4D => {
    const read = imagesOf(tensor, faithful);
    if (draws.length !== read.images.length)
      throw new DownhillError({
        code: 'shape-mismatch',
        source: 'compose',
        problem: `there must be draws for each of ${read.images.length} images, got ${draws.length}`,
      });
    return run(tensor, read, (image, i) => seen(given(image, draws[i] ?? []).effects, image));
  };

  return {
    draw({ images, ...image }, which = {}) {
      return Array.from(samplesOf(images, which), (sample) => drawn(image, which.epoch ?? 0, sample).draws);
    },
    apply(tensor, which = {}) {
      const read = imagesOf(tensor, faithful);
      const samples = samplesOf(read.images.length, which);
      return run(tensor, read, (image, i) => drawn(image, which.epoch ?? 0, samples[i] ?? i).effects);
    },
    pullBack(gradient, tensor, which = {}) {
      if (gradient.dtype !== 'float32' || tensor.dtype !== 'float32') throw notFractions(gradient.dtype, tensor.dtype);
      const [{ images }, slopes] = [imagesOf(tensor, false), imagesOf(gradient, false)];
      const samples = samplesOf(images.length, which);
      const pulled = function* (): Generator<Image> {
        for (const [i, image] of images.entries()) {
          const { effects } = drawn(image, which.epoch ?? 0, samples[i] ?? i);
          const slope = slopes.images[i];
          if (slope === undefined || !isOfSize(slope, sizeAfter(effects, image))) throw otherSize(gradient.shape);
          yield pullBack(image, slope, plan(effects, image, { faithful }));
        }
      };
      return tensorOfImages(pulled(), images.length, 'float32', 1);
    },
    replay: (tensor, draws) => replay(tensor, draws, (effects) => effects),
    replayMasks: (masks, draws) => replay(masks, draws, geometryOf),
    follow(image, draws) {
      const map = pointMapOf(given(image, draws).effects, image);
      return {
        ...map,
        keypoints: (points) => keypointsAfter(map, points),
        boxes(boxes, format = 'xyxy') {
          checkBoxes(boxes, format, image);
          return boxesAfter(map, boxes, format);
        },
      };
    },
    explain(image, draws) {
      const { effects } = draws === undefined ? drawn(image, 0, 0) : given(image, draws);
      return explained(
        parts.map(({ name }) => name),
        plan(effects, image, { faithful }),
      );
    },
  };
}

/** What was drawn for an image, and what that does. */
interface Walk {
  readonly draws: readonly Json[];
  readonly effects: readonly Effect[];
}

const sizeAfter = (effects: readonly Effect[], image: ImageSize): ImageSize =>
  effects.reduce(
    (size, effect) => ('height' in effect && effect.kind !== 'erase' ? { ...size, height: effect.height, width: effect.width } : size),
    image,
  );

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

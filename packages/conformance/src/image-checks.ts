import { exp } from '@downhill/core/math';
import { randomStream, streamKey, type Augmentation, type Effect, type ImageSize, type Json } from '@downhill/core';
import * as tf from '@tensorflow/tfjs-core';
import { expect } from 'vitest';
import { sizeAfter } from './effect-fault.ts';

/** Images with what is known about them, as a pipeline takes them. */
interface Labelled {
  readonly images: tf.Tensor4D;
  readonly masks: tf.Tensor4D;
  readonly keypoints: readonly (readonly (readonly [number, number])[])[];
  readonly boxes: readonly (readonly (readonly [number, number, number, number])[])[];
}

/** What became of them. */
interface Followed {
  readonly images: tf.Tensor4D;
  readonly masks: tf.Tensor4D;
  readonly keypoints: readonly (readonly (readonly [number, number, number])[])[];
  readonly boxes: readonly (readonly { readonly box: readonly [number, number, number, number] }[])[];
}

interface Which {
  readonly epoch?: number;
  readonly samples?: ArrayLike<number>;
}

/** What is asked of `compose`: it joins operations, and runs them on images, or on images and what is known about them. */
export type Compose = (
  operations: readonly Augmentation[],
  options: { readonly seed: number },
) => {
  draw(batch: ImageSize & { readonly images: number }, which?: Which): readonly (readonly Json[])[];
  apply(given: never, which?: Which): unknown;
  replay(images: never, drawn: readonly (readonly Json[])[]): unknown;
};

/** The same with the types that both kinds of batch have. */
interface Pipeline {
  draw(batch: ImageSize & { readonly images: number }, which?: Which): readonly (readonly Json[])[];
  apply(images: tf.Tensor4D, which?: Which): tf.Tensor4D;
  apply(batch: Labelled, which?: Which): Followed;
  replay(images: tf.Tensor4D, drawn: readonly (readonly Json[])[]): tf.Tensor4D;
}

/** What {@link testAugmentation} tests of an operation on images, by title. */
export function imageChecks(make: () => Augmentation, compose: Compose, image: ImageSize): Record<string, () => Promise<void>> {
  const run = (seed: number): Pipeline => compose([make()], { seed }) as Pipeline;
  const onCpu = (check: () => void) => async (): Promise<void> => {
    await tf.setBackend('cpu');
    tf.tidy(check);
  };

  return {
    'keeps levels whole and from 0 to 255': onCpu(() => {
      for (let seed = 0; seed < SEEDS; seed += 1) {
        const result = run(seed).apply(pictures(1, image, 'int32'));
        if (make().leavesRange === true) continue;
        expect(result.dtype, 'the dtype of images of int32').toBe('int32');
        expectWithin(result, 0, 255);
      }
    }),

    ...(make().leavesRange === true
      ? {}
      : {
          'keeps values from 0 to 1': onCpu(() => {
            for (let seed = 0; seed < SEEDS; seed += 1) {
              const result = run(seed).apply(pictures(1, image));
              expect(result.dtype, 'the dtype of images of float32').toBe('float32');
              expectWithin(result, 0, 1);
            }
          }),
        }),

    'gives an image the same pixels whatever the batch, and when it is replayed': onCpu(() => {
      const images = pictures(3, image);
      const which = { epoch: 2, samples: [8, 5, 9] };
      const pipeline = run(3);
      const second = tf.slice(images, [1, 0, 0, 0], [1, -1, -1, -1]);
      const alone = pipeline.apply(second, { epoch: 2, samples: [5] });
      if (endsInOneSize(make(), pipeline.draw({ ...image, images: 3 }, which), image)) {
        const together = tf.unstack(pipeline.apply(images, which));
        expect(numbers(alone), 'pixels of an image alone, against those in a batch').toEqual(numbers(together[1] as tf.Tensor));
      }
      const draws = pipeline.draw({ ...image, images: 1 }, { epoch: 2, samples: [5] });
      const again = pipeline.replay(second, JSON.parse(JSON.stringify(draws)) as typeof draws);
      expect(numbers(again), 'pixels of the same draws, replayed').toEqual(numbers(alone));
    }),

    'changes no image in place, and leaves no tensor behind': async () => {
      await tf.setBackend('cpu');
      const images = tf.tidy(() => pictures(1, image));
      const [copy, held, before] = [tf.clone(images), [...images.dataSync()], images.dataSync()];
      const tensors = tf.memory().numTensors;
      try {
        for (let seed = 0; seed < SEEDS; seed += 1) run(seed).apply(images).dispose();
        expect(tf.memory().numTensors - tensors, 'tensors left by its runs').toBe(0);
        expect([...before], 'an array of the images, read before').toEqual(held);
        expect(numbers(copy), 'a clone of the images').toEqual(held);
      } finally {
        tf.dispose([images, copy]);
      }
    },

    'has labels follow its pixels': onCpu(() => {
      for (let seed = 0; seed < SEEDS; seed += 1) follows(make(), compose, seed);
    }),
  };
}

const SEEDS = 6;

const numbers = (tensor: tf.Tensor): number[] => [...tensor.dataSync()];

function expectWithin(tensor: tf.Tensor, low: number, high: number): void {
  const values = tensor.dataSync();
  const slack = tensor.dtype === 'int32' ? 0 : 1e-6;
  const off = values.findIndex((value) => !(value >= low - slack && value <= high + slack));
  if (off >= 0) expect.fail(`a pixel is ${values[off]}, not from ${low} to ${high}: declare leavesRange where that is meant`);
}

/** Pixels of all sizes, black and white ones among them. */
function pictures(images: number, { height, width, channels }: ImageSize, dtype: 'float32' | 'int32' = 'float32'): tf.Tensor4D {
  const { uniformAt } = randomStream(streamKey(4, 'conformance', 'pictures'));
  const values = Array.from({ length: images * height * width * channels }, (_, i) => Math.min(Math.max(1.2 * uniformAt(i) - 0.1, 0), 1));
  return tf.tensor4d(dtype === 'int32' ? values.map((value) => Math.round(255 * value)) : values, [images, height, width, channels], dtype);
}

const DOT = { height: 44, width: 52, channels: 3, x: 30, y: 20 };

const isGeometry = (effect: Effect): boolean =>
  effect.kind === 'geometry' || (effect.kind === 'neighbourhood' && effect.name === 'antialiasedResize');

/** An image with a soft dot, whose keypoint, box and mask must be where the dot is afterwards. */
function follows(operation: Augmentation, compose: Compose, seed: number): void {
  const { x, y, ...size } = DOT;
  const brightness = (i: number): number => {
    const pixel = Math.floor(i / size.channels);
    const [across, down] = [(pixel % size.width) + 0.5 - x, Math.floor(pixel / size.width) + 0.5 - y];
    return exp(-(across * across + down * down) / (2 * 1.5 ** 2));
  };
  const dot = Array.from({ length: size.height * size.width * size.channels }, (_, i) => brightness(i));
  const shape: [number, number, number, number] = [1, size.height, size.width, size.channels];
  const pipeline = compose([operation], { seed }) as Pipeline;
  const [[draw = null] = []] = pipeline.draw({ ...size, images: 1 });
  const effects = operation.apply(draw, size);
  const moving = effects.filter(isGeometry);
  const folds = moving.some((effect) => effect.kind === 'geometry' && effect.displacement !== undefined);
  if (folds || effects.some(({ kind }) => kind === 'mixture')) return; // no one place for each point
  const given: Labelled = {
    images: tf.tensor4d(dot, shape),
    masks: tf.cast(tf.greater(tf.tensor4d(dot, shape), 0.3), 'int32'),
    keypoints: [[[x, y]]],
    boxes: [[[x - 4, y - 4, x + 4, y + 4]]],
  };
  const { images, masks, keypoints, boxes } = pipeline.apply(given);
  const point = keypoints[0]?.[0];
  if (moving.length === 0) {
    expect(point?.slice(0, 2), `the keypoint where nothing moves, seed ${seed}`).toEqual([x, y]);
    expect(numbers(masks), `the mask where nothing moves, seed ${seed}`).toEqual(numbers(given.masks));
    return;
  }
  const [, height, width] = images.shape;
  if (point === undefined || Math.min(point[0], point[1], width - point[0], height - point[1]) < 9) return; // a part of the dot is cut off
  if (moving.length < effects.length) return; // what is bright may be no dot
  for (const [what, tensor] of Object.entries({ dot: images, mask: masks })) {
    const middle = middleOf(tensor);
    const off = Math.hypot(middle[0] - point[0], middle[1] - point[1]);
    if (!(off < 0.6)) expect.fail(`the keypoint is ${off.toPrecision(3)} pixels away from the ${what}, seed ${seed}`);
  }
  const box = boxes[0]?.[0]?.box;
  const isIn = box !== undefined && box[0] < point[0] && point[0] < box[2] && box[1] < point[1] && point[1] < box[3];
  if (!isIn) expect.fail(`the keypoint (${point[0]}, ${point[1]}) has left its box, ${JSON.stringify(box)}, seed ${seed}`);
}

/** Whether all images of a batch have one size afterwards, as those of a batch must. */
function endsInOneSize(operation: Augmentation, drawn: readonly (readonly Json[])[], image: ImageSize): boolean {
  const ends = drawn.map(([draw = null]) => operation.apply(draw, image).reduce(sizeAfter, image));
  return ends.every(({ height, width }) => height === ends[0]?.height && width === ends[0].width);
}

/** The middle of what is brighter than a fill of gray. */
function middleOf(images: tf.Tensor4D): readonly [number, number] {
  const [, , width, channels] = images.shape;
  let [sum, across, down] = [0, 0, 0];
  for (const [i, brightness] of images.dataSync().entries()) {
    const value = Math.max(brightness - 0.55, 0);
    const pixel = Math.floor(i / channels);
    sum += value;
    across += value * ((pixel % width) + 0.5);
    down += value * (Math.floor(pixel / width) + 0.5);
  }
  return [across / sum, down / sum];
}

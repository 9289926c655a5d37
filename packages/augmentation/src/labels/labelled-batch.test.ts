import type { Augmentation, Json } from '@downhill/core';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  affine,
  brightness,
  compose,
  crop,
  elastic,
  flip,
  pad,
  resize,
  rotate,
  type LabelledBatch,
  type PipelineOptions,
} from '../index.ts';

const SIDE = 8;

beforeAll(async () => {
  await tf.setBackend('cpu');
});

const ramp = (channels = 1, count = 2): tf.Tensor4D =>
  tf.tensor4d(
    Array.from({ length: count * SIDE * SIDE * channels }, (_, i) => (i % 64) / 64),
    [count, SIDE, SIDE, channels],
  );

const masksFrom = (
  valueAt: (row: number, column: number) => number,
  dtype: 'float32' | 'int32' | 'bool' = 'int32',
  count = 2,
): tf.Tensor4D =>
  tf.tensor4d(
    Array.from({ length: count * SIDE * SIDE }, (_, i) => valueAt(Math.floor(i / SIDE) % SIDE, i % SIDE)),
    [count, SIDE, SIDE, 1],
    dtype,
  );

const SHAKE = [affine({ degrees: 30, translate: [0.2, 0.2] }), flip(), brightness({ brightness: 0.4 }), crop({ size: 6 })];

describe('a batch with labels', () => {
  test('is moved under the draws that its images have alone', () => {
    tf.tidy(() => {
      const pipeline = compose(SHAKE, { seed: 4 });
      const which = { epoch: 2, samples: [9, 5] };
      const images = ramp();
      const moved = pipeline.apply({ images, keypoints: [[[3, 4]], [[5, 5]]], boxes: [[[1, 1, 5, 5]], []] }, which);
      expect([...moved.images.dataSync()]).toEqual([...pipeline.apply(images, which).dataSync()]);
      const drawn = pipeline.draw({ images: 2, height: SIDE, width: SIDE, channels: 1 }, which);
      const again = pipeline.replay({ images, keypoints: [[[3, 4]], [[5, 5]]], boxes: [[[1, 1, 5, 5]], []] }, drawn);
      expect(again.keypoints).toEqual(moved.keypoints);
      expect(again.boxes).toEqual(moved.boxes);
      expect(Object.keys(moved).toSorted()).toEqual(['boxes', 'images', 'keypoints']);
    });
  });

  test('keeps its labels, as tensors of their own', () => {
    const [images, labels] = [ramp(), tf.tensor1d([3, 1], 'int32')];
    const moved = compose(SHAKE).apply({ images, labels });
    expect([...moved.labels.dataSync()]).toEqual([3, 1]);
    tf.dispose(moved);
    expect(labels.isDisposed).toBe(false);
    tf.dispose([images, labels]);
  });

  test('leaves its result alone behind, and nothing where it throws', () => {
    const [images, masks, labels] = [ramp(), masksFrom(() => 1), tf.tensor1d([3, 1], 'int32')];
    const before = tf.memory().numTensors;
    const pipeline = compose([...SHAKE, elastic({ alpha: 2, sigma: 2 })]);
    const moved = pipeline.apply({ images, masks, labels, boxes: [[], []], keypoints: [[], []] });
    expect(tf.memory().numTensors).toBe(before + 3);
    tf.dispose([moved.images, moved.masks, moved.labels]);
    expect(() => pipeline.apply({ images, masks, boxes: [[]] })).toThrow();
    expect(() => compose([elastic({ alpha: 900, sigma: 1 })]).apply({ images, masks, keypoints: [[[4, 4]], [[4, 4]]] })).toThrow(/folds/);
    expect(tf.memory().numTensors).toBe(before);
    tf.dispose([images, masks, labels]);
  });
});

describe('masks', () => {
  test('are moved as the pixels are, class by class, whatever the numbers', async () => {
    for (const backend of ['cpu', 'wasm']) {
      await tf.setBackend(backend);
      tf.tidy(() => {
        const ids = masksFrom((row, column) => (row === 2 ? -1 : 1000 * column + 2 ** 20));
        const moved = compose([flip({ probability: 1 })]).apply({ images: ramp(3), masks: ids });
        expect(moved.masks.dtype).toBe('int32');
        expect([...moved.masks.dataSync()]).toEqual([...tf.reverse(ids, 2).dataSync()]);
      });
    }
    await tf.setBackend('cpu');
  });

  test('are not mixed, even where images are', () => {
    tf.tidy(() => {
      const masks = masksFrom((row, column) => ((row + column) % 2 === 0 ? 3 : 11));
      const { masks: moved } = compose([affine({ degrees: 40 }), resize({ size: 5 })]).apply({ images: ramp(), masks });
      expect(moved.shape).toEqual([2, 5, 5, 1]);
      expect(new Set(moved.dataSync())).toEqual(new Set([0, 3, 11]));
    });
  });

  test.each(['float32', 'int32', 'bool'] as const)('of %s stay so', (dtype) => {
    tf.tidy(() => {
      const masks = masksFrom((row) => Number(row > 3), dtype);
      const moved = compose([flip({ direction: 'vertical', probability: 1 })]).apply({ images: ramp(), masks }).masks;
      expect(moved.dtype).toBe(dtype);
      expect([...moved.dataSync()].map(Number)).toEqual([...masksFrom((row) => Number(row < 4)).dataSync()]);
    });
  });

  test('hold what they are told outside the image, and follow a border that mirrors it', () => {
    tf.tidy(() => {
      const masks = masksFrom((_, column) => column + 1, 'int32', 1);
      const firstRow = (operation: Augmentation, options: PipelineOptions = {}): number[] =>
        [
          ...compose([operation], options)
            .apply({ images: ramp(1, 1), masks })
            .masks.dataSync(),
        ].slice(0, SIDE + 4);
      expect(firstRow(pad({ padding: [2, 0, 2, 0] }))).toEqual([0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 0, 0]);
      expect(firstRow(pad({ padding: [2, 0, 2, 0], fill: 0.5 }), { masks: { outside: 255 } })).toEqual([
        255, 255, 1, 2, 3, 4, 5, 6, 7, 8, 255, 255,
      ]);
      expect(firstRow(pad({ padding: [2, 0, 2, 0], border: 'reflect' }), { masks: { outside: 255 } })).toEqual([
        3, 2, 1, 2, 3, 4, 5, 6, 7, 8, 7, 6,
      ]);
    });
  });
});

describe('a batch is refused', () => {
  const apply = (labels: Omit<LabelledBatch, 'images'>, options: PipelineOptions = {}): unknown =>
    compose(SHAKE, options).apply({ images: ramp(), ...labels });

  test.each<readonly [string, () => unknown, RegExp]>([
    [
      'without images',
      () => compose(SHAKE).apply({ boxes: [] } as never),
      /a batch must be images, or \{ images \} with any of .*, got boxes/,
    ],
    ['with a misspelled name', () => apply({ box: [] } as never), /got images, box\. Did you mean `boxes`\?/],
    [
      'with masks of another size',
      () => apply({ masks: tf.zeros([2, 8, 9, 1]) }),
      /`masks` must be \[2, 8, 8, channels\].*got \[2, 8, 9, 1\]/,
    ],
    ['with masks without channels', () => apply({ masks: tf.zeros([2, 8, 8]) as never }), /got \[2, 8, 8\]\..*tf\.expandDims\(masks, 3\)/],
    ['with fewer masks', () => apply({ masks: tf.zeros([1, 8, 8, 1]) }), /shape-mismatch.*`masks` must be \[2, 8, 8/],
    ['with NaN in masks', () => apply({ masks: masksFrom((row) => (row === 0 ? Number.NaN : 1), 'float32') }), /`masks\[0\]` holds NaN/],
    ['with ids that float32 has not', () => apply({ masks: masksFrom(() => 2 ** 24 + 2) }), /from -2\^24 to 2\^24, got 16777218/],
    ['with labels of fewer images', () => apply({ labels: tf.tensor1d([1]) }), /`labels` must have an entry for each of 2 images, got 1/],
    ['with labels that are no tensor', () => apply({ labels: [1, 2] as never }), /`labels` must be a tensor, got \[1,2\]/],
    ['with boxes of fewer images', () => apply({ boxes: [[]] }), /`boxes` must have an entry for each of 2 images, got 1/],
    [
      'with a box outside',
      () =>
        apply({
          boxes: [
            [],
            [
              [0, 0, 2, 2],
              [4, 4, 9, 6],
            ],
          ],
        }),
      /`boxes\[1\]\[1\]` must be a box in the image, 8 x 8, got \[4,4,9,6\]/,
    ],
    ['with a box of another format', () => apply({ boxes: [[[6, 6, 2, 2]], []] }), /got \[6,6,2,2\] \(xyxy\).*say which `format`/],
    ['with a box of NaN', () => apply({ boxes: [[[0, 0, Number.NaN, 2]], []] }), /`boxes\[0\]\[0\]` must be a box/],
    ['with a keypoint of NaN', () => apply({ keypoints: [[[1, Number.NaN]], []] }), /`keypoints\[0\]\[0\]` must be \[x, y\]/],
    ['with a visibility that is none', () => apply({ keypoints: [[[1, 1, 3 as 2]], []] }), /visibility 0, 1 or 2, got \[1,1,3\]/],
    [
      'with parts of an object',
      () => apply({ keypoints: [[[1, 1]], []] }, { keypoints: { names: ['a', 'b'] } }),
      /`keypoints\[0\]` must hold all points of each object, 2, got 1/,
    ],
    ['with too few points to swap', () => apply({ keypoints: [[[1, 1]], []] }, { keypoints: { swaps: [[0, 4]] } }), /at least 5, got 1/],
    [
      'by a least share that is none',
      () => compose([], { boxes: { minimumVisible: 1.1 } }),
      /`boxes\.minimumVisible` must be .* at most 1, got 1\.1/,
    ],
    [
      'by another format',
      () => compose([], { boxes: { format: 'yxyx' as 'xyxy' } }),
      /`boxes\.format` must be one of 'xyxy', 'xywh', 'cxcywh'/,
    ],
    ['by an option that is none', () => compose([], { box: {} } as PipelineOptions), /has no option `box`\. Did you mean `boxes`\?/],
    [
      'where images end with different sizes',
      () => compose([resizeOnce]).apply({ images: ramp() }),
      /end with one size, got 4 x 4 and 8 x 8/,
    ],
  ])('%s', (_, run, message) => {
    expect(() => tf.tidy(() => void run())).toThrow(message);
  });
});

/** Halves images whose draw says so. */
const resizeOnce: Augmentation = {
  ...rotate({ degrees: 0 }),
  draw: (draws): Json => draws.bernoulli(0.5),
  apply: (isHalved, image) => (isHalved === true ? resize({ size: 4 }).apply(null, image) : []),
};

import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import { beforeAll, describe, expect, test } from 'vitest';
import { compose, cutmix, flip, mixup, type MixingOptions } from '../index.ts';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

/** Images of one value each: 0, 0.25, 0.5, 0.75. */
const images = (): tf.Tensor4D => tf.tidy(() => tf.mul(tf.ones<tf.Rank.R4>([4, 6, 6, 3]), tf.reshape(tf.range(0, 1, 0.25), [4, 1, 1, 1])));
const classes = (): tf.Tensor1D => tf.tensor1d([0, 2, 1, 2], 'int32');
const ORDER = [1, 0, 3, 2];
const rounded = (tensor: tf.Tensor): number[] => [...tensor.dataSync()].map((value) => Math.round(value * 1e6) / 1e6);

describe.each(['cpu', 'wasm'])('mixing on %s', (backend) => {
  beforeAll(async () => {
    await tf.setBackend(backend);
  });

  test.each<readonly [string, () => tf.Tensor, MixingOptions]>([
    ['classes', classes, { classes: 3 }],
    ['one-hot labels', () => tf.oneHot(classes(), 3), {}],
  ])('mixes %s as the images', (_, labels, options) => {
    tf.tidy(() => {
      const mixed = mixup(options).replay({ images: images(), labels: labels() }, { lambda: 0.75, permutation: ORDER });
      expect(rounded(mixed.labels)).toEqual([0.75, 0, 0.25, 0.25, 0, 0.75, 0, 0.75, 0.25, 0, 0.25, 0.75]);
      expect(rounded(tf.slice(mixed.images, [0, 0, 0, 0], [4, 1, 1, 1]))).toEqual([0.0625, 0.1875, 0.5625, 0.6875]);
    });
  });

  test('mixes soft labels by the area that was pasted', () => {
    tf.tidy(() => {
      const labels = tf.tensor2d([0.5, 0.5, 1, 0, 0, 1, 0.2, 0.8], [4, 2]);
      // a box of 4 x 4 of 36 pixels, with a quarter cut off by the corner
      const mixed = cutmix().replay({ images: images(), labels }, { lambda: 5 / 9, row: 0, column: 2, permutation: ORDER });
      const share = 1 - 8 / 36;
      expect(rounded(mixed.labels)[0]).toBeCloseTo(0.5 * share + (1 - share), 6);
      expect(rounded(mixed.labels)[7]).toBeCloseTo(0.8 * share + (1 - share), 6);
      expect(rounded(mixed.images).filter((value) => value === 0.25)).toHaveLength((8 + 28) * 3);
    });
  });

  test('smooths whatever labels it is given', () => {
    tf.tidy(() => {
      const draw = { lambda: 1, permutation: ORDER };
      const hot = tf.oneHot(classes(), 3);
      const soft = mixup({ labelSmoothing: 0.3 }).replay({ images: images(), labels: hot }, draw);
      const hard = mixup({ labelSmoothing: 0.3, classes: 3 }).replay({ images: images(), labels: classes() }, draw);
      expect(rounded(soft.labels).slice(0, 3)).toEqual([0.8, 0.1, 0.1]);
      expect(rounded(soft.labels)).toEqual(rounded(hard.labels));
    });
  });

  test('gives levels for levels', () => {
    tf.tidy(() => {
      const levels = tf.cast(tf.mul(images(), 255), 'int32') as tf.Tensor4D;
      const mixed = mixup({ classes: 3 }).replay({ images: levels, labels: classes() }, { lambda: 0.5, permutation: ORDER });
      expect(mixed.images.dtype).toBe('int32');
      expect(mixed.images.dataSync()[0]).toBe(32); // of 0 and 63
      expect(cutmix({ classes: 3 }).apply({ images: levels, labels: classes() }).images.dtype).toBe('int32');
    });
  });
});

test('mixes what a pipeline returns', () => {
  tf.tidy(() => {
    const batch = compose([flip()]).apply({ images: images(), labels: classes() });
    expect(mixup({ classes: 3 }).apply(batch).labels.shape).toEqual([4, 3]);
  });
});

test.each<readonly [string, () => unknown, RegExp]>([
  [
    'labels that are missing',
    () => mixup().apply({ images: images() } as never),
    /mixup: needs \{ images, labels \}, got images\. Mixing changes labels too/,
  ],
  ['images that are missing', () => cutmix().apply({ labels: classes() } as never), /cutmix: needs \{ images, labels \}, got labels/],
  ['masks', () => mixup().apply({ images: images(), labels: classes(), masks: images() } as never), /unsupported.*got masks too/],
  [
    'classes without their number',
    () => mixup().apply({ images: images(), labels: classes() }),
    /`classes` must be given for labels of shape \[4\]/,
  ],
  [
    'a class that is none',
    () => cutmix({ classes: 2 }).apply({ images: images(), labels: classes() }),
    /`labels\[1\]` must be .* at most 1, got 2/,
  ],
  [
    'shares of other classes',
    () => mixup({ classes: 3 }).apply({ images: images(), labels: tf.ones([4, 2]) }),
    /each of 3 classes, got \[4,2\]/,
  ],
  [
    'logits',
    () => mixup().apply({ images: images(), labels: tf.neg(tf.ones([4, 2])) }),
    /share in labels.*at least 0, got -1\. Give probabilities/,
  ],
  ['NaN among labels', () => mixup().apply({ images: images(), labels: tf.log(tf.neg(tf.ones([4, 2]))) }), /share in labels.*got NaN/],
  [
    'labels of other images',
    () => mixup().apply({ images: images(), labels: tf.ones([3, 2]) }),
    /`labels` must be \[4\] or \[4, classes\].*got \[3,2\]/,
  ],
  [
    'one image',
    () => mixup().apply({ images: tf.ones([6, 6, 3]) as never, labels: classes() }),
    /`images` must be \[batch, height.*got \[6,6,3\]/,
  ],
  [
    'NaN',
    () => cutmix({ classes: 3 }).apply({ images: tf.log(tf.neg(tf.ones<tf.Rank.R4>([4, 2, 2, 1]))), labels: classes() }),
    /non-finite.*`images\[0\]` holds NaN/,
  ],
  ['an alpha of 0', () => mixup({ alpha: 0 }), /`alpha` must be .* above 0, got 0/],
  ['no classes', () => cutmix({ classes: 0 }), /`classes` must be .* at least 1, got 0/],
  [
    'a share above 1',
    () => mixup({ classes: 3 }).replay({ images: images(), labels: classes() }, { lambda: 1.5, permutation: ORDER }),
    /`draw\.lambda` must be .* at most 1, got 1\.5/,
  ],
  [
    'partners that are not there',
    () => mixup({ classes: 3 }).replay({ images: images(), labels: classes() }, { lambda: 0.5, permutation: [0, 1, 2, 4] }),
    /`draw\.permutation` must name a partner from 0 to 3 for each of 4 images, got \[0,1,2,4\]/,
  ],
  [
    'a box outside the image',
    () => cutmix({ classes: 3 }).replay({ images: images(), labels: classes() }, { lambda: 0.5, row: 6, column: 0, permutation: ORDER }),
    /`draw\.row` must be .* at most 5, got 6/,
  ],
])('refuses %s', async (_, run, message) => {
  await tf.setBackend('cpu');
  expect(() => tf.tidy(() => void run())).toThrow(message);
});

import '@tensorflow/tfjs-backend-cpu';
import { randomStream, streamKey } from '@downhill/core';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { compose, contrast } from '../index.ts';

const { uniformAt } = randomStream(streamKey(1, 'contrast'));

beforeAll(async () => {
  tf.enableProdMode();
  await tf.setBackend('cpu');
});

describe('contrast', () => {
  test.each([1, 3, 4])('around the mean of each of %i channels is that of tf.image', (channels) => {
    tf.tidy(() => {
      const images = tf.tensor4d(
        Array.from({ length: 2 * 20 * channels }, (_, i) => uniformAt(i)),
        [2, 4, 5, channels],
      );
      const mean = tf.mean(images, [1, 2], true);
      const expected = tf.clipByValue(tf.add(tf.mul(tf.sub(images, mean), 1.8), mean), 0, 1).dataSync();
      const found = compose([contrast({ contrast: [1.8, 1.8], around: 'channels' })])
        .apply(images)
        .dataSync();
      found.forEach((value, i) => expect(value).toBeCloseTo(expected[i]!, 6));
    });
  });

  test('refuses another mean', () => {
    expect(() => contrast({ contrast: 1, around: 'rows' as never })).toThrow('`around`');
  });
});

import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { beforeAll, describe, expect, test } from 'vitest';
import { multiScale, predictViews, tenCrop } from '../index.ts';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

describe('predictViews', () => {
  test('is the mean over the views', () => {
    tf.tidy(() => {
      const images = tf.tensor4d(
        Array.from({ length: 64 }, (_, i) => i / 64),
        [1, 8, 8, 1],
      );
      const topLeft = (view: tf.Tensor4D): tf.Tensor => tf.reshape(tf.slice(view, [0, 0, 0, 0], [1, 1, 1, 1]), [1]);
      // corners begin at pixels 0, 2, 16 and 18, the middle at 9; the mirror's at 7, 5, 23, 21 and 14
      expect(predictViews(topLeft, images, tenCrop(6)).dataSync()[0]).toBeCloseTo((0 + 2 + 16 + 18 + 9 + 7 + 5 + 23 + 21 + 14) / 640, 6);
    });
  });

  test('of an image of one colour is that colour, at any scale', () => {
    tf.tidy(() => {
      const images = tf.mul<tf.Tensor4D>(tf.ones([2, 20, 30, 3]), 0.25);
      const mean = predictViews((view) => tf.mean(view, [1, 2, 3]), images, multiScale(tenCrop(12), { sides: [12, 17, 40] }));
      for (const value of mean.dataSync()) expect(value).toBeCloseTo(0.25, 6);
    });
  });

  test('leaves its result alone behind, and nothing when the model throws', () => {
    const images = tf.zeros([2, 8, 8, 3]) as tf.Tensor4D;
    const before = tf.memory().numTensors;
    predictViews((view) => tf.mean(view, [1, 2, 3]), images, tenCrop(6)).dispose();
    const broken = (view: tf.Tensor4D): tf.Tensor => {
      tf.mul(view, 2);
      throw new Error('the model is broken');
    };
    expect(() => predictViews(broken, images, tenCrop(6))).toThrow('the model is broken');
    expect(() => predictViews(broken, images, [])).toThrow(/`views` must hold at least one view/);
    const ofPixels = (view: tf.Tensor4D): tf.Tensor => tf.sum(view, 3);
    expect(() => predictViews(ofPixels, images, [[], tenCrop(6)[0]!])).toThrow(/one tensor \[2, 8, 8\] of float32, got \[2,6,6\]/);
    expect(() => predictViews(() => 1 as never, images, [[]])).toThrow(/got no tensor/);
    expect(() => predictViews(broken, images, tenCrop(9))).toThrow(
      /a crop of 9 x 9 is larger than the image, 8 x 8\. Resize the image first/,
    );
    expect(tf.memory().numTensors).toBe(before);
    images.dispose();
  });
});

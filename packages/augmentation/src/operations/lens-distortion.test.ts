import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { beforeAll, expect, test } from 'vitest';
import { compose, gaussianNoise, lensDistortion } from '../index.ts';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

/** A frame of bright pixels, a seventh of the side from the border. */
const frame = (side: number): tf.Tensor4D =>
  tf.tensor4d(
    Array.from({ length: side * side }, (_, i) => {
      const [x, y] = [i % side, Math.floor(i / side)];
      return Number(Math.min(x, y, side - 1 - x, side - 1 - y) === Math.floor(side / 7));
    }),
    [1, side, side, 1],
  );

/** The row of the brightest pixel in a column. */
const brightest = (images: tf.Tensor4D, column: number): number => {
  const [, height, width] = images.shape;
  const values = images.dataSync();
  return Array.from({ length: Math.floor(height / 2) }, (_, row) => row).reduce((best, row) =>
    values[row * width + column]! > values[best * width + column]! ? row : best,
  );
};

test('a barrel bends a line outwards in its middle, a pincushion inwards', () => {
  tf.tidy(() => {
    const bent = (distortion: number): number => {
      const shown = compose([lensDistortion({ distortion: 0.5 })]).replay(frame(161), [[{ distortion }]]);
      return brightest(shown, 80) - brightest(shown, 48);
    };
    expect(bent(0.3)).toBeLessThan(0);
    expect(bent(0)).toBe(0);
    expect(bent(-0.3)).toBeGreaterThan(0);
  });
});

test('noise has the deviation that was drawn, and is another for each sample', () => {
  tf.tidy(() => {
    const gray = tf.mul<tf.Tensor4D>(tf.ones([2, 40, 40, 3]), 0.5);
    const noisy = compose([gaussianNoise({ deviation: [0.1, 0.1] })], { seed: 3 }).apply(gray);
    const [first, second] = tf.unstack(noisy);
    // of 4800 values the standard error of the deviation is 0.1 / √9600 = 0.001
    expect(Math.sqrt(tf.moments(tf.sub(first!, 0.5)).variance.dataSync()[0]!)).toBeCloseTo(0.1, 2);
    expect(tf.max(tf.abs(tf.sub(first!, second!))).dataSync()[0]).toBeGreaterThan(0.1);
  });
});

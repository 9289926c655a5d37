import '@tensorflow/tfjs-backend-cpu';
import { randomStream, streamKey, type Augmentation } from '@downhill/core';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { affine, compose, contrast, crop, elastic, equalize, grayscale, hue, normalize, resize, rotate, saturation } from '../index.ts';

const SHAPE: [number, number, number, number] = [2, 6, 7, 3];

function noise(shape: readonly number[], key: number): tf.Tensor4D {
  const { uniformAt } = randomStream(streamKey(key, 'pull back'));
  const values = Array.from({ length: tf.util.sizeFromShape([...shape]) }, (_, i) => uniformAt(i));
  return tf.tensor(values, [...shape] as [number, number, number, number]);
}

const dot = (a: tf.Tensor, b: tf.Tensor): number => tf.sum(tf.mul(a, b)).dataSync()[0]!;

beforeAll(async () => {
  tf.enableProdMode();
  await tf.setBackend('cpu');
});

const which = { epoch: 2, samples: [5, 3] };

describe('the gradient by the images', () => {
  test.each<[string, readonly Augmentation[]]>([
    ['of nothing', []],
    ['of a turn that mirrors', [rotate({ degrees: 40, border: 'reflect' })]],
    ['of bicubic interpolation', [affine({ degrees: 20, scale: [0.7, 1.4], shearX: 10, interpolation: 'bicubic', border: 'wrap' })]],
    ['of a crop behind a displacement', [elastic({ alpha: 20 }), crop({ size: [3, 4] })]],
    ['of resizing to more pixels', [resize({ size: [9, 8], antialias: false })]],
    ['of colours as a matrix', [normalize({ mean: [0.5, 0.4, 0.3], standardDeviation: [0.2, 0.3, 0.4] })]],
  ])('%s, which is linear, is the transpose', (_, operations) => {
    tf.tidy(() => {
      const pipeline = compose(operations, { seed: 3 });
      const [x, zero] = [noise(SHAPE, 1), tf.zeros(SHAPE) as tf.Tensor4D];
      const moved = tf.sub(pipeline.apply(x, which), pipeline.apply(zero, which));
      const dy = noise(moved.shape, 2);
      const dx = pipeline.pullBack(dy, x, which);
      expect(dx.shape).toEqual(SHAPE);
      const [there, back] = [dot(moved, dy), dot(x, dx)];
      expect(Math.abs(there - back)).toBeLessThan(1e-5 * Math.abs(there)); // sums of some hundred float32 values of one size
    });
  });

  test('of what cuts values off is that of finite differences', () => {
    tf.tidy(() => {
      const operations = [
        rotate({ degrees: 10 }),
        saturation({ saturation: [1.5, 1.5] }),
        contrast({ contrast: [1.7, 1.7], around: 'channels' }),
      ];
      const pipeline = compose(operations, { seed: 3 });
      const [x, dy, step] = [noise(SHAPE, 1), noise(SHAPE, 2), noise(SHAPE, 3)];
      const views = pipeline.apply(x, which).dataSync();
      expect(views.filter((value) => value === 0 || value === 1).length).toBeGreaterThan(20);
      const at = (t: number): number => dot(pipeline.apply(tf.add(x, tf.mul(step, t)), which), dy);
      const t = 2 ** -11;
      const difference = (at(t) - at(-t)) / (2 * t);
      expect(Math.abs(dot(pipeline.pullBack(dy, x, which), step) - difference)).toBeLessThan(0.02 * Math.abs(difference));
    });
  });

  test.each<[string, Augmentation]>([
    ['hue', hue({ hue: 0.1 })],
    ['equalize', equalize()],
    ['contrast', contrast({ contrast: 0.2 })],
  ])('is refused for %s', (name, operation) => {
    tf.tidy(() => {
      expect(() => compose([grayscale(), operation]).pullBack(noise(SHAPE, 1), noise(SHAPE, 2))).toThrow(
        expect.objectContaining({ code: 'unsupported', message: expect.stringContaining(name) as string }),
      );
    });
  });

  test('is refused for one of another size or another number of images', () => {
    tf.tidy(() => {
      const pipeline = compose([crop({ size: 4 })]);
      for (const shape of [SHAPE, [1, 4, 4, 3], [2, 4, 4, 1]])
        expect(() => pipeline.pullBack(noise(shape, 1), noise(SHAPE, 2))).toThrow(expect.objectContaining({ code: 'shape-mismatch' }));
    });
  });

  test('is refused for levels', () => {
    tf.tidy(() => {
      expect(() => compose([]).pullBack(noise(SHAPE, 1), tf.ones(SHAPE, 'int32'))).toThrow(
        expect.objectContaining({ code: 'invalid-argument', message: expect.stringContaining('int32') as string }),
      );
    });
  });
});

import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, test } from 'vitest';
import { classTargets } from './class-targets.ts';
import { nanUnlessClass } from './nan-unless-class.ts';
import { softTargetCrossEntropy } from './soft-target-cross-entropy.ts';

describe.each(['cpu', 'wasm'])('class targets on %s', (backend) => {
  test.each([
    ['class numbers', [1, 0], 'int32'],
    ['class numbers in floats', [1, 0], 'float32'],
    ['a column of class numbers', [[1], [0]], 'int32'],
    [
      'rows',
      [
        [0, 1, 0],
        [1, 0, 0],
      ],
      'float32',
    ],
  ] as const)('are rows of %s', async (_, ys, dtype) => {
    await tf.setBackend(backend);
    tf.tidy(() => {
      expect([...classTargets('test', tf.tensor(ys as tf.TensorLike, undefined, dtype), tf.zeros([2, 3])).dataSync()]).toEqual([
        0, 1, 0, 1, 0, 0,
      ]);
    });
  });

  test.each([3, -1, 1.5, Number.NaN])('a class number of %s is refused where it stands, and nothing stays behind', async (number) => {
    await tf.setBackend(backend);
    const [ys, logits] = [tf.tensor1d([0, number]), tf.zeros([2, 3])];
    const before = tf.memory().numTensors;
    expect(() => softTargetCrossEntropy(ys, logits)).toThrow(
      expect.objectContaining({ code: 'data-invalid', message: expect.stringContaining(`from 0 to 2, got ${number} at 1`) }),
    );
    expect(() => tf.grad((z) => softTargetCrossEntropy(ys, z))(logits)).toThrow();
    expect(tf.memory().numTensors).toBe(before);
    tf.dispose([ys, logits]);
  });

  test('predictions of one class, whose cross-entropy is 0 whatever they are, are refused', async () => {
    await tf.setBackend(backend);
    tf.tidy(() => {
      expect(() => classTargets('test', tf.ones([2, 1]), tf.zeros([2, 1]))).toThrow(expect.objectContaining({ code: 'shape-mismatch' }));
    });
  });

  test('what is added where nothing is read back makes NaN of a class number that there is not', async () => {
    await tf.setBackend(backend);
    tf.tidy(() => {
      const added = nanUnlessClass(tf.tensor1d([0, 2, 3, -1, 1.5, Number.NaN]), 3);
      expect(added.shape).toEqual([6, 1]);
      expect([...added.dataSync()]).toEqual([0, 0, NaN, NaN, NaN, NaN]);
      expect([...nanUnlessClass(tf.tensor1d([2, 3], 'int32'), 3).dataSync()]).toEqual([0, NaN]);
    });
  });
});

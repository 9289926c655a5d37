import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { difference, on } from '../../test/backends.ts';
import { sumOf, tensor } from '../../test/tensors.ts';
import { registerWasmTrainingKernels } from '../register.ts';

describe('sums over segments', () => {
  beforeAll(async () => {
    await tf.setBackend('wasm');
    await registerWasmTrainingKernels();
  });

  test('unsortedSegmentSum agrees with the cpu backend', async () => {
    const run = (): tf.Tensor[] => [
      tf.unsortedSegmentSum(tensor([7, 3, 2], 1), tf.tensor1d([2, 0, 4, 2, -1, 0, 9], 'int32'), 5),
      tf.unsortedSegmentSum(tf.tensor2d([1, 2, 3, 4], [2, 2], 'int32'), tf.tensor1d([1, 1], 'int32'), 2),
      tf.unsortedSegmentSum(tf.tensor1d([true, true, false], 'bool'), tf.tensor1d([0, 0, 1], 'int32'), 3),
    ];
    expect(difference(await on('wasm', run), await on('cpu', run), sumOf(3))).toBeUndefined();
  });

  test('the gradient of gather sums the rows that were taken more than once, along any axis', async () => {
    const run = (): tf.Tensor[] =>
      [0, 1].map((axis) =>
        tf.grad((x: tf.Tensor) => tf.gather(x, tf.tensor1d([1, 1, 0, 2], 'int32'), axis))(
          tensor([4, 3], 1),
          tensor(axis === 0 ? [4, 3] : [4, 4], 2),
        ),
      );
    expect(difference(await on('wasm', run), await on('cpu', run), sumOf(2))).toBeUndefined();
  });
});

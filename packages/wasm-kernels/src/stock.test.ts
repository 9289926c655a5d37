/**
 * What tfjs 4.22 does on wasm without our kernels, and with them. When one of the "alone" expectations fails, tfjs has changed:
 * see whether our kernel can go.
 */
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { on } from '../test/backends.ts';
import { registerWasmTrainingKernels } from './register.ts';

const stride = (): tf.Tensor => tf.conv2d(tf.ones<tf.Rank.R4>([1, 3, 3, 1]), tf.ones([2, 2, 1, 1]), 3, 'same');
const oblong = (): tf.Tensor => tf.maxPool(tf.tensor4d([1, 2, 3, 4], [1, 1, 4, 1]), [1, 2], [1, 2], 0);
const negative = (): tf.Tensor => tf.grad((x) => tf.maxPool(x as tf.Tensor4D, 2, 2, 'valid'))(tf.tensor4d([-4, -3, -1, -2], [1, 2, 2, 1]));
const ties = (): tf.Tensor => tf.grad((x) => tf.maxPool(x as tf.Tensor4D, 2, 2, 'valid'))(tf.ones([1, 2, 2, 1]));
const stacks = (): tf.Tensor => tf.matMul(tf.ones([2, 1, 1, 2]), tf.ones([1, 3, 2, 1]));

const volume = (): tf.Tensor =>
  tf.grad((x) => tf.conv3d(x as tf.Tensor5D, tf.tensor5d([5], [1, 1, 1, 1, 1]), 1, 'valid'))(tf.ones([1, 2, 1, 1, 1]));

const CASES = [
  { what: "convolves with padding 'same' and a stride longer than the filter to zero", run: stride, alone: [0], right: [4] },
  {
    what: 'sends the gradient of a max-pool window without a positive value to its first place',
    run: negative,
    alone: [1, 0, 0, 0],
    right: [0, 0, 1, 0],
  },
  {
    what: "sends the gradient of a max-pool window to its last largest value (on tfjs's cpu backend: its first)",
    run: ties,
    alone: [0, 0, 0, 1],
    right: [1, 0, 0, 0],
  },
  { what: 'computes a wrong gradient of a 3D convolution by its input', run: volume, alone: [5, 0], right: [5, 5] },
  { what: 'drops part of a product of stacks that are both broadcast', run: stacks, alone: [2, 2, 2], right: [2, 2, 2, 2, 2, 2] },
];

describe("tfjs's wasm backend", () => {
  describe('alone', () => {
    test.each(CASES)('$what', async ({ run, alone }) => {
      const [values] = await on('wasm', run);
      expect([...values!]).toEqual(alone);
    });

    test('cannot compute the gradient of a convolution by its filter', async () => {
      const gradient = (): tf.Tensor =>
        tf.grad((w) => tf.conv2d(tf.ones<tf.Rank.R4>([1, 3, 3, 1]), w as tf.Tensor4D, 1, 'same'))(tf.ones([3, 3, 1, 1]));
      await expect(on('wasm', gradient)).rejects.toThrow(/Kernel 'Conv2DBackpropFilter' not registered/);
    });
  });

  describe('with our kernels', () => {
    beforeAll(() => registerWasmTrainingKernels());

    test.each(CASES)('no longer $what', async ({ run, right }) => {
      const [values] = await on('wasm', run);
      expect([...values!]).toEqual(right);
    });

    test('pools with a number as padding and strides that differ in height and width as the cpu backend does', async () => {
      expect(await on('wasm', oblong)).toEqual(await on('cpu', oblong));
    });
  });
});

import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { tensor } from '../../test/tensors.ts';
import { difference, on } from '../../test/backends.ts';
import { registerWasmTrainingKernels } from '../register.ts';

const constant = (shape: number[], value: number): tf.Tensor => tf.tidy(() => tf.mul(tf.ones(shape), value));

const IMAGES = [4, 9, 8, 24];
const CHANNELS = [24];

interface Case {
  readonly name: string;
  readonly operands: readonly (readonly number[])[];
  readonly f: (...operands: tf.Tensor[]) => tf.Tensor;
}

/** tfjs has no gradient of a batch normalization without offset or scale. */
const normalized = (x: tf.Tensor, offset: tf.Tensor, scale: tf.Tensor): tf.Tensor => {
  const { mean, variance } = tf.moments(x, [0, 1, 2]);
  return tf.batchNorm(x as tf.Tensor4D, mean as tf.Tensor1D, variance as tf.Tensor1D, offset as tf.Tensor1D, scale as tf.Tensor1D, 1e-3);
};

/** What a layer, another one and a loss make of an operand: so that operations are deferred, shared and worked out together. */
const CASES: readonly Case[] = [
  { name: 'relu', operands: [IMAGES, IMAGES], f: (x, y) => tf.mul(tf.relu(tf.sub(x, y)), y) },
  { name: 'relu of few values', operands: [[7]], f: (x) => tf.relu(x) },
  { name: 'relu6, as a layer has it', operands: [IMAGES], f: (x) => tf.square(tf.clipByValue(tf.relu(tf.mul(x, 8)), 0, 6)) },
  { name: 'clipByValue', operands: [IMAGES], f: (x) => tf.mul(tf.clipByValue(x, -0.5, 0.25), x) },
  { name: 'bias', operands: [IMAGES, CHANNELS], f: (x, b) => tf.square(tf.relu(tf.add(x, b))) },
  {
    name: 'bias, relu and max pooling',
    operands: [IMAGES, CHANNELS],
    f: (x, b) => tf.maxPool(tf.relu(tf.add(x, b)) as tf.Tensor4D, 2, 2, 'valid'),
  },
  {
    name: 'max pooling of what is used elsewhere too',
    operands: [IMAGES, CHANNELS],
    f: (x, b) => {
      const y = tf.relu(tf.add(x, b)) as tf.Tensor4D;
      return tf.add(tf.maxPool(y, 2, 2, 'valid'), tf.mean(y, [1, 2], true));
    },
  },
  { name: 'max pooling twice', operands: [IMAGES], f: (x) => tf.maxPool(tf.maxPool(x as tf.Tensor4D, 2, 2, 'valid'), 2, 2, 'valid') },
  {
    name: 'max pooling of windows without a largest value',
    operands: [CHANNELS],
    f: (b) => tf.maxPool(tf.add(constant(IMAGES, -Infinity), b) as tf.Tensor4D, 2, 2, 'valid'),
  },
  { name: 'a residual', operands: [IMAGES, IMAGES], f: (x, y) => tf.relu(tf.add(tf.relu(x), y)) },
  { name: 'mean over images', operands: [IMAGES], f: (x) => tf.square(tf.mean(tf.square(x), [1, 2])) },
  { name: 'mean over the channels', operands: [IMAGES], f: (x) => tf.square(tf.mean(x, 3)) },
  { name: 'sum over two axes in the middle, kept', operands: [IMAGES], f: (x) => tf.mul(x, tf.sum(x, [1, 2], true)) },
  { name: 'sum over axes that are no neighbours', operands: [IMAGES], f: (x) => tf.square(tf.sum(x, [0, 2])) },
  {
    name: 'variance, which is the mean of a square around a mean',
    operands: [IMAGES],
    f: (x) => tf.square(tf.add(tf.moments(x, [0, 1, 2]).variance, 1)),
  },
  {
    name: 'sum around a mean that is another tensor’s, or over other axes',
    operands: [IMAGES, IMAGES],
    f: (x, y) => tf.add(tf.sum(tf.sub(x, tf.mean(y, [0, 1, 2])), [0, 1, 2]), tf.sum(tf.sub(x, tf.mean(x, [0, 1, 2])), [1, 2])),
  },
  { name: 'mean of everything', operands: [IMAGES], f: (x) => tf.mean(tf.square(x)) },
  { name: 'batch normalization', operands: [IMAGES, CHANNELS, CHANNELS], f: (x, offset, scale) => normalized(x, offset, scale) },
  {
    name: 'batch normalization and relu',
    operands: [IMAGES, CHANNELS, CHANNELS],
    f: (x, offset, scale) => tf.relu(normalized(x, offset, scale)),
  },
  {
    name: 'batch normalization by given statistics',
    operands: [IMAGES, CHANNELS, CHANNELS],
    f: (x, mean, scale) => {
      const variance = tf.add(tf.square(mean), 0.5);
      return tf.batchNorm(x as tf.Tensor4D, mean as tf.Tensor1D, variance as tf.Tensor1D, mean as tf.Tensor1D, scale as tf.Tensor1D);
    },
  },
  {
    name: 'batch normalization of rows',
    operands: [[300, 24], CHANNELS, CHANNELS],
    f: (x, offset, scale) => {
      const { mean, variance } = tf.moments(x, 0);
      return tf.batchNorm(x as tf.Tensor2D, mean as tf.Tensor1D, variance as tf.Tensor1D, offset as tf.Tensor1D, scale as tf.Tensor1D);
    },
  },
];

describe('gradients that wasm gets of its own', () => {
  beforeAll(async () => {
    await tf.setBackend('wasm');
    await registerWasmTrainingKernels();
  });

  const gradients =
    ({ operands, f }: Case) =>
    (): tf.Tensor[] =>
      tf.grads((...xs) => {
        const y = f(...xs);
        return tf.mul(y, tensor(y.shape, 99)); // tfjs takes the sum's gradient
      })(operands.map((shape, index) => tensor(shape, index + 1)));

  test.each(CASES)('$name has the gradient of the cpu backend', async (oneCase) => {
    const expected = await on('cpu', gradients(oneCase));
    const actual = await on('wasm', gradients(oneCase));
    const largest = Math.max(...expected.flatMap((values) => [...values].map(Math.abs)));
    expect(difference(actual, expected, 2e-6 * Math.max(1, largest))).toBeUndefined();
  });

  test.each(CASES)('$name leaves no tensor behind', async (oneCase) => {
    await on('wasm', gradients(oneCase));
    const before = tf.memory();
    const dataIds = tf.engine().backend.numDataIds();
    await on('wasm', gradients(oneCase));
    expect(tf.memory()).toEqual(before);
    expect(tf.engine().backend.numDataIds()).toBe(dataIds);
  });

  test.each([
    { name: 'relu', f: (x: tf.Tensor) => tf.mul(tf.relu(x), tf.square(x)) },
    { name: 'mean', f: (x: tf.Tensor) => tf.square(tf.mean(tf.square(x), [1, 2])) },
    { name: 'batch normalization', f: (x: tf.Tensor) => tf.square(normalized(x, tensor(CHANNELS, 6), tensor(CHANNELS, 7))) },
  ])('$name can be differentiated twice, as on the cpu backend', async ({ f }) => {
    const second = (): tf.Tensor => tf.grad((x) => tf.sum(tf.square(tf.grad(f)(x))))(tensor(IMAGES, 5));
    const expected = await on('cpu', second);
    const largest = Math.max(...expected.flatMap((values) => [...values].map(Math.abs)));
    expect(difference(await on('wasm', second), expected, 1e-5 * Math.max(1, largest))).toBeUndefined();
  });

  test.each([
    { name: 'relu', f: (x: tf.Tensor) => tf.relu(x) },
    { name: 'clipping', f: (x: tf.Tensor) => tf.clipByValue(x, 0.1, 0.2) },
  ])('$name passes NaN and infinite gradients on, and denormal ones as zero', ({ f }) => {
    const gradients = [Number.NaN, Infinity, 1e-37, -1e-37, 1e-39, -1e-45];
    const [x, dy] = [constant([gradients.length], 0.15), tf.tensor1d(gradients)];
    const dx = tf.grad(f)(x, dy);
    expect([...dx.dataSync()].map((value) => value + 0)).toEqual([...gradients.slice(0, 4).map(Math.fround), 0, 0]);
    tf.dispose([x, dy, dx]);
  });

  test('other backends keep what tfjs saves and computes', async () => {
    const config = tf.getGradient('Relu');
    await tf.setBackend('cpu');
    expect([config.inputsToSave, config.outputsToSave]).toEqual([['x'], []]);
    await tf.setBackend('wasm');
    expect([config.inputsToSave, config.outputsToSave]).toEqual([[], [true]]);
  });

  test('what is saved on wasm does for another backend too', async () => {
    await tf.setBackend('wasm');
    const x = tensor(IMAGES, 1);
    const run = tf.grad((image) => {
      const y = tf.relu(image);
      tf.setBackend('cpu').catch(() => {});
      return y;
    });
    const gradient = run(x);
    expect(tf.getBackend()).toBe('cpu');
    expect([...gradient.dataSync()].every((value, index) => value === (x.dataSync()[index]! > 0 ? 1 : 0))).toBe(true);
    tf.dispose([x, gradient]);
    await tf.setBackend('wasm');
  });
});

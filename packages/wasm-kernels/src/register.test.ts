import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { difference, on } from '../test/backends.ts';
import { stockKernels, type StockKernels } from '../test/stock.ts';
import { gradients, sumOf, tensor4d } from '../test/tensors.ts';
import { wasmMemory } from './memory.ts';
import { registerWasmTrainingKernels } from './register.ts';

describe('registerWasmTrainingKernels', () => {
  const warnings = vi.spyOn(console, 'warn');
  let stock: StockKernels;

  beforeAll(async () => {
    await tf.setBackend('wasm');
    stock = stockKernels('AvgPoolGrad', 'BatchMatMul', 'Conv2DBackpropInput', 'MaxPoolGrad');
    await registerWasmTrainingKernels();
  });

  test('brings the kernels that gradients need and wasm lacks', () => {
    for (const name of [
      'Conv2DBackpropFilter',
      'DepthwiseConv2dNativeBackpropFilter',
      'DepthwiseConv2dNativeBackpropInput',
      'UnsortedSegmentSum',
    ]) {
      expect(tf.getKernel(name, 'wasm')).toBeDefined();
    }
  });

  test('leaves the kernels of other backends alone', () => {
    for (const { kernelName, kernelFunc } of tf.getKernelsForBackend('cpu'))
      expect(kernelFunc).not.toBe(tf.getKernel(kernelName, 'wasm')?.kernelFunc);
  });

  test('keeps the set-up of the kernels that it replaces', () => {
    for (const [name, { setupFunc, kernelFunc }] of stock) {
      expect(tf.getKernel(name, 'wasm').setupFunc).toBe(setupFunc);
      expect(tf.getKernel(name, 'wasm').kernelFunc).not.toBe(kernelFunc);
    }
  });

  test('changes nothing when it is called again, and tfjs prints no warning', async () => {
    const before = tf.getKernelsForBackend('wasm').map(({ kernelFunc }) => kernelFunc);
    await Promise.all([registerWasmTrainingKernels(), registerWasmTrainingKernels()]);
    expect(tf.getKernelsForBackend('wasm').map(({ kernelFunc }) => kernelFunc)).toEqual(before);
    expect(warnings).not.toHaveBeenCalled();
  });

  test('computes convolutions as the latest call that names an algorithm chose', async () => {
    const run = (): tf.Tensor[] => {
      const [x, filter, dy] = [tensor4d([4, 12, 12, 16], 1), tensor4d([3, 3, 16, 16], 2), tensor4d([4, 12, 12, 16], 3)];
      return [tf.conv2d(x, filter, 1, 'same'), ...gradients((image, w) => tf.conv2d(image, w, 1, 'same'), x, filter, dy)];
    };
    const byDefault = await on('wasm', run);
    await registerWasmTrainingKernels({ convolution: 'direct' });
    await registerWasmTrainingKernels();
    const direct = await on('wasm', run);
    await registerWasmTrainingKernels({ convolution: 'winograd' });
    expect(await on('wasm', run)).toEqual(byDefault);
    for (const [i, values] of direct.entries()) expect(values).not.toEqual(byDefault[i]); // other roundings
    expect(difference(direct, byDefault, sumOf(9 * 64))).toBeUndefined();
  });

  test('refuses an algorithm that it does not know', async () => {
    await expect(registerWasmTrainingKernels({ convolution: 'fft' as 'direct' })).rejects.toMatchObject({
      code: 'invalid-argument',
      message: expect.stringMatching(/registerWasmTrainingKernels: `convolution` must be one of 'winograd', 'direct', got "fft"/),
    });
  });

  test('leaves no tensor and no memory behind', async () => {
    await tf.setBackend('wasm');
    const [x, filter, dy] = [tensor4d([4, 12, 12, 8], 1), tensor4d([3, 3, 8, 16], 2), tensor4d([4, 12, 12, 16], 3)];
    const step = (): void => {
      tf.dispose(gradients((image, weights) => tf.conv2d(image, weights, 1, 'same'), x, filter, dy));
    };
    step();
    const { numTensors, numDataBuffers } = tf.memory();
    const bytes = wasmMemory(tf.backend())!.memory.buffer.byteLength;
    const held = tf.backend().numDataIds();
    for (let i = 0; i < 100; i++) step();
    expect(tf.backend().numDataIds()).toBe(held);
    expect(tf.memory()).toMatchObject({ numTensors, numDataBuffers });
    expect(wasmMemory(tf.backend())!.memory.buffer.byteLength).toBe(bytes);
    tf.dispose([x, filter, dy]);
  });

  test('gives the same bits after the memory has grown', async () => {
    await tf.setBackend('wasm');
    const run = (): tf.Tensor[] =>
      gradients(
        (image, w) => tf.conv2d(image, w, 1, 'same'),
        tensor4d([2, 9, 9, 5], 1),
        tensor4d([3, 3, 5, 7], 2),
        tensor4d([2, 9, 9, 7], 3),
      );
    const before = await on('wasm', run);
    const { memory, allocate, free } = wasmMemory(tf.backend())!;
    const block = allocate(memory.buffer.byteLength);
    expect(await on('wasm', run)).toEqual(before);
    free(block);
  });
});

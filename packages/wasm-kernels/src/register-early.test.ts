import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, test } from 'vitest';
import { registerWasmTrainingKernels } from './register.ts';

const image = (): tf.Tensor4D => tf.ones([1, 3, 3, 1]);
const gradient = (): tf.Tensor => tf.grad((w) => tf.conv2d(image(), w as tf.Tensor4D, 1, 'same'))(tf.ones([3, 3, 1, 1]));

describe('registerWasmTrainingKernels, called early', () => {
  test('says what to import while tfjs knows no wasm backend', async () => {
    await expect(registerWasmTrainingKernels()).rejects.toMatchObject({
      code: 'backend-missing',
      message: expect.stringContaining("Import '@tensorflow/tfjs-backend-wasm'"),
    });
  });

  test('works before any backend is ready, with another one active, and once wasm is', async () => {
    await import('../test/backends.ts');
    await registerWasmTrainingKernels();
    await tf.setBackend('cpu');
    const expected = [4, 6, 4, 6, 9, 6, 4, 6, 4];
    expect([...tf.tidy(gradient).dataSync()]).toEqual(expected);
    await registerWasmTrainingKernels();
    await tf.setBackend('wasm');
    expect([...tf.tidy(gradient).dataSync()]).toEqual(expected);
  });

  test('works for a backend that was removed and made anew', async () => {
    const factory = tf.findBackendFactory('wasm');
    tf.removeBackend('wasm');
    tf.registerBackend('wasm', factory);
    await tf.setBackend('wasm');
    expect([...tf.tidy(gradient).dataSync()]).toEqual([4, 6, 4, 6, 9, 6, 4, 6, 4]);
  });
});

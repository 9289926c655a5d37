import { streamKey } from '@downhill/core';
import { dropout } from '@downhill/regularization';
import { registerWasmTrainingKernels } from '@downhill/wasm-kernels';
import * as tf from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import { useBackend } from './use-backend.ts';

/** Large enough to be deferred. */
const VALUES = 8192;

test('dropout of what the training kernels have not computed yet is that of its values, and so is its gradient', async () => {
  await useBackend('wasm');
  const run = (): number[][] =>
    tf.tidy(() => {
      const x = tf.linspace(-1, 1, VALUES);
      const f = (input: tf.Tensor): tf.Tensor => tf.square(dropout(tf.relu(tf.mul(input, 3)), { rate: 0.5, key: streamKey(1, 'mask') }));
      return [f(x), tf.grad(f)(x)].map((tensor) => [...tensor.dataSync()]);
    });
  const plain = run();
  await registerWasmTrainingKernels();
  const before = tf.memory().numTensors;
  expect(run()).toEqual(plain);
  expect(tf.memory().numTensors).toBe(before);
});

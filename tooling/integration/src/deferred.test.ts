import { adamw } from '@downhill/optimizers';
import { optimizer } from '@downhill/tfjs';
import { registerWasmTrainingKernels } from '@downhill/wasm-kernels';
import * as tf from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import { useBackend } from './use-backend.ts';

/** Large enough to be deferred. */
const VALUES = 8192;

test('what was made of weights before a step has the weights of before, though they are written in place', async () => {
  await useBackend('wasm');
  await registerWasmTrainingKernels();
  const before = tf.memory().numTensors;
  const weights = tf.tidy(() => tf.variable(tf.mul(tf.ones([VALUES]), 2)));
  const given = optimizer(adamw({ learningRate: 0.5, weightDecay: 0 }));
  const step = (): void => {
    const gradient = tf.ones([VALUES]);
    given.applyGradients([{ name: weights.name, tensor: gradient }]);
    gradient.dispose();
  };
  step();
  const storage = weights.dataId;
  const now = weights.dataSync()[0]!;
  const doubled = tf.mul(weights, 2);
  step();
  expect(weights.dataId).toBe(storage);
  expect(weights.dataSync()[0]).not.toBe(now);
  expect(doubled.dataSync()[VALUES - 1]).toBe(2 * now);
  given.dispose();
  tf.dispose([weights, doubled]);
  expect(tf.memory().numTensors).toBe(before);
});

import { adamw, chain, clipByGlobalNorm } from '@downhill/optimizers';
import { optimizer } from '@downhill/tfjs';
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';

for (const [backend, execution] of [['cpu', 'fused'], ['wasm', 'fused'], ['cpu', 'ops'], ['wasm', 'ops']] as const)
  test(`${backend} ${execution}`, async () => {
    await tf.setBackend(backend);
    const before = tf.memory().numTensors;
    const w = tf.tidy(() => tf.variable(tf.tensor2d([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], [5, 2])));
    const b = tf.tidy(() => tf.variable(tf.tensor1d([1, 2, 3])));
    const o = optimizer(chain(clipByGlobalNorm(1), adamw({ learningRate: 0.1 })), { execution });
    for (let i = 0; i < 3; i++) {
      const gw = tf.tensor2d([1, -2, 3, -4, 5, -6, 7, -8, 9, -10], [5, 2]);
      const gb = tf.tensor1d([0.5, 0, -1]);
      o.applyGradients({ [w.name]: gw, [b.name]: gb });
      tf.dispose([gw, gb]);
    }
    console.log(backend, execution, w.dataSync(), b.dataSync(), await o.statistics(), o.scalars);
    o.dispose();
    w.dispose(); b.dispose();
    expect(tf.memory().numTensors).toBe(before + (0));
  });

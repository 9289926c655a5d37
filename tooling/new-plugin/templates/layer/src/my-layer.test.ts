import { testLayer } from '@downhill/conformance';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { describe, expect, test } from 'vitest';
import { MyLayer, registerMyLayer } from './my-layer.ts';

testLayer('MyLayer', () => new MyLayer({ slope: 0.5 }), { inputShape: [3, 4], register: registerMyLayer });

describe('MyLayer', () => {
  test('follows its equation', async () => {
    await tf.setBackend('cpu');
    const y = new MyLayer({ slope: 2 }).apply(tf.tensor2d([[0.5, -1.5, 0]])) as tf.Tensor;
    expect([...y.dataSync()]).toEqual([0.25, -0.375, 0]);
  });

  test('refuses a slope below 0', () => {
    expect(() => new MyLayer({ slope: -1 })).toThrow('MyLayer: `slope` must be a finite number, at least 0, got -1.');
  });
});

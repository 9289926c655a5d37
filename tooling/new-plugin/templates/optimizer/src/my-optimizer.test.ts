import { testTransform } from '@downhill/conformance';
import { optimizer } from '@downhill/tfjs';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { describe, expect, test } from 'vitest';
import { myOptimizer } from './my-optimizer.ts';

testTransform('myOptimizer', () => myOptimizer({ learningRate: 0.1 }), { factories: { myOptimizer } });

describe('myOptimizer', () => {
  test('follows its equation', async () => {
    await tf.setBackend('cpu');
    const weight = tf.variable(tf.scalar(1), true, 'weight');
    const rule = optimizer(myOptimizer({ learningRate: 0.5, beta: 0.5 }));
    const weights = [2, 0].map((gradient) => {
      rule.applyGradients({ weight: tf.scalar(gradient) });
      return weight.dataSync()[0];
    });
    expect(weights).toEqual([0.5, 0.25]); // m = 1 and 0.5
  });

  test('refuses a beta of 1', () => {
    expect(() => myOptimizer({ beta: 1 })).toThrow('myOptimizer: `beta` must be a finite number, at least 0 and below 1, got 1.');
  });
});

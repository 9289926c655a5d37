import { testTransform } from '@downhill/conformance';
import { build, factoryNamed, register } from '@downhill/core';
import { optimizer } from '@downhill/tfjs';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { describe, expect, test } from 'vitest';
import { tiger } from './index.ts';

testTransform('tiger', () => tiger({ learningRate: 0.1 }), { factories: { tiger } });

describe('tiger', () => {
  test('follows its equation', async () => {
    await tf.setBackend('cpu');
    const weight = tf.variable(tf.scalar(1), true, 'weight');
    const rule = optimizer(tiger({ learningRate: 0.5, beta: 0.5, weightDecay: 0.5 }));
    const weights = [1e-3, -1e3, 1].map((gradient) => {
      rule.applyGradients({ weight: tf.scalar(gradient) });
      return weight.dataSync()[0];
    });
    expect(weights).toEqual([0.25, 0.6875, 1.015625]); // m = 0.0005, −499.99975, −249.5
  });

  test('is known by its name, with its options', () => {
    register({ tiger });
    expect(factoryNamed('tiger')({ beta: 0.5 }).config).toEqual({ learningRate: 1e-3, beta: 0.5, weightDecay: 0.01 });
    // @ts-expect-error the option is called beta
    expect(() => factoryNamed('tiger')({ beat: 0.5 })).toThrow('Did you mean `beta`?');
    expect(build({ kind: 'transform', name: 'tiger', config: {} }).parts).toHaveLength(1);
  });
});

import { adam } from '@downhill/optimizers';
import { oneCycle, oneCycleMomentum } from '@downhill/schedulers';
import { optimizer } from '@downhill/tfjs';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { useBackend } from './use-backend.ts';

describe.each(['cpu', 'wasm'] as const)('one cycle, on %s', (backend) => {
  beforeAll(() => useBackend(backend));

  test('gives each step of Adam its rate and its momentum, and ends near the minimum', () => {
    const shape = { steps: 200, rise: 0.3 };
    const [rate, momentum] = [oneCycle({ ...shape, peak: 0.3 }), oneCycleMomentum(shape)];
    const ours = optimizer(adam({ learningRate: rate, beta1: momentum }));
    const weights = tf.tidy(() => tf.variable(tf.tensor1d([3, -2]), true, 'weights'));
    const used = Array.from({ length: shape.steps }, () => {
      ours.minimize(() => tf.sum(tf.square(weights)));
      return [ours.scalars['learningRate'], ours.scalars['beta1']];
    });
    expect(used).toEqual(used.map((_, t) => [rate.at(t), momentum.at(t)]));
    expect(Math.hypot(...weights.dataSync())).toBeLessThan(0.1);
    weights.dispose();
    ours.dispose();
  });
});

import { controlled, mul, transform, type ScheduleLike, type Transform } from '@downhill/core';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { optimizer } from './optimizer.ts';

const scale = (rate: ScheduleLike): Transform =>
  transform({ name: 'scale', config: [rate], numbers: { rate }, update: (g, { numbers }) => mul(g, numbers.rate) });

describe('a controlled schedule', () => {
  beforeAll(() => tf.setBackend('cpu'));

  test('changes the steps that follow, without another kernel', () => {
    const rate = controlled(1);
    const ours = optimizer(scale(rate));
    const w = tf.tidy(() => tf.variable(tf.tensor1d([0]), true, 'w'));
    const step = (): number => {
      tf.tidy(() => ours.applyGradients({ w: tf.ones([1]) }));
      return w.dataSync()[0]!;
    };
    step();
    rate.value = 0.5;
    expect(step()).toBe(-1.5);
    expect(ours.scalars).toEqual({ rate: 0.5 });
    w.dispose();
    ours.dispose();
  });

  test('is saved and loaded with the optimizer to the last bit', async () => {
    const before = tf.memory().numTensors;
    const [rate, again] = [controlled(1), controlled(1)];
    const [saved, loaded] = [optimizer(scale(rate)), optimizer(scale(again))];
    rate.value = 0.1;
    await loaded.setWeights(await saved.getWeights());
    expect(again.value).toBe(0.1);
    saved.dispose();
    loaded.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  test('is not loaded into an optimizer without one', async () => {
    const [saved, other] = [optimizer(scale(controlled(1))), optimizer(scale(1))];
    await expect(other.setWeights(await saved.getWeights())).rejects.toThrow(
      expect.objectContaining({
        code: 'state-mismatch',
        message: expect.stringContaining('saved with 1 controlled schedules, and there are 0'),
      }),
    );
    saved.dispose();
    other.dispose();
  });
});

import { testTransform } from '@downhill/conformance';
import { chain, schedule } from '@downhill/core';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, test } from 'vitest';
import { about, training } from '../test/walk.ts';
import { nesterovLookAhead } from './nesterov-look-ahead.ts';
import { sgd } from './sgd.ts';

testTransform('nesterovLookAhead', () => nesterovLookAhead({ learningRate: 0.1 }), { factories: { nesterovLookAhead } });

/** A narrow valley: ½ (x² + 20 y²). */
const valley = (w: tf.Tensor): tf.Scalar => tf.sum(tf.mul(tf.square(w), tf.tensor1d([0.5, 10])));

/** Weights and velocities after each step down the valley. */
const descent = (rule: Parameters<typeof training>[0], steps: number): Promise<{ w: number[]; v: number[] }[]> =>
  training(rule, { w: [1, 1] }, (ours, _, [w]) =>
    Array.from({ length: steps }, () => {
      ours.minimize(() => tf.tidy(() => valley(w!)), false, [w!]);
      const [velocity] = Object.values(ours.state(w!));
      const read = { w: [...w!.dataSync()], v: [...velocity!.dataSync()] };
      velocity!.dispose();
      return read;
    }),
  );

describe('nesterovLookAhead', () => {
  test('takes the gradient where the velocity carries the weight', async () => {
    const [first, second] = await descent(nesterovLookAhead({ learningRate: 0.1, momentum: 0.5 }), 2);
    // No velocity yet: v = (1, 20). Then at w − 0.1 · 0.5 · v = (0.85, −2): v = (0.5 + 0.85, 10 − 40).
    expect(first).toEqual({ w: [0.9, -1].map(about), v: [1, 20].map(about) });
    expect(second).toEqual({ w: [0.9 - 0.135, -1 + 3].map(about), v: [1.35, -30].map(about) });
  });

  test('looks ahead to the weights of sgd({ nesterov: true }), at a constant learning rate', async () => {
    const [learningRate, momentum, steps] = [0.02, 0.9, 40];
    const ahead = (await descent(nesterovLookAhead({ learningRate, momentum }), steps)).map(({ w, v }) =>
      w.map((x, i) => x - learningRate * momentum * v[i]!),
    );
    const rearranged = (await descent(sgd({ learningRate, momentum, nesterov: true }), steps)).map(({ w }) => w);
    // Each step rounds a few numbers of size 1, and the valley shrinks what was rounded before.
    for (const [t, w] of rearranged.entries()) for (const [i, x] of w.entries()) expect(ahead[t]![i]).toBeCloseTo(x, 5);
    expect(Math.max(...rearranged[0]!.map((x, i) => Math.abs(x - ahead[0]![i]!)))).toBeLessThan(1e-6);
  });

  test('takes a learning rate that changes', async () => {
    const halving = schedule({ name: 'halving', config: {}, at: (step) => 0.1 / 2 ** step });
    const [, second] = await descent(nesterovLookAhead({ learningRate: halving, momentum: 0.5 }), 2);
    // Looks at w − 0.05 · 0.5 · v = (0.875, −1.5), and goes 0.05 · (0.5 v + g).
    expect(second!.w).toEqual([0.9 - 0.05 * (0.5 + 0.875), -1 - 0.05 * (10 - 30)].map(about));
  });

  test('says what to call where the gradients were computed before', async () => {
    await training(nesterovLookAhead(), { w: [1] }, (ours) => {
      const g = tf.ones([1]);
      expect(() => ours.applyGradients({ w: g })).toThrow(
        'nesterovLookAhead evaluates the loss itself. Call minimize, or train with model.fit',
      );
      g.dispose();
    });
  });

  test('stands in a chain once', async () => {
    const twice = chain(nesterovLookAhead(), nesterovLookAhead());
    await expect(descent(twice, 1)).rejects.toThrow('only one rule of a chain can evaluate the loss itself');
  });

  test.each([
    [{ momentum: 1 }, '`momentum` must be a finite number, at least 0 and below 1, got 1'],
    [{ learningRate: '0.1' as never }, '`learningRate` must be a number or a schedule, got "0.1"'],
  ])('refuses %o', (options, message) => {
    expect(() => nesterovLookAhead(options)).toThrow(
      expect.objectContaining({ code: 'invalid-argument', message: expect.stringContaining(`nesterovLookAhead: ${message}`) }),
    );
  });
});

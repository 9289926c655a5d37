import { testTransform } from '@downhill/conformance';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, test } from 'vitest';
import { about, applyTo, training, walkOne } from '../test/walk.ts';
import { asgd } from './asgd.ts';

testTransform('asgd', () => asgd({ learningRate: 0.1, averageFrom: 1 }), { factories: { asgd } });

describe('asgd', () => {
  test('lets the rate fall and the weight decay', async () => {
    // η = 0.5, then 0.5 / (1 + 0.2 · 0.5)² = 0.5 / 1.21.
    const first = 1 - 0.5 * (1 + 0.2);
    const second = first - (0.5 / 1.21) * (2 + 0.2 * first);
    expect(await walkOne(asgd({ learningRate: 0.5, decay: 0.2, power: 2 }), 1, [1, 2])).toEqual([first, second].map(about));
  });

  test('tells the rate of the step', async () => {
    await training(asgd({ learningRate: 0.5, decay: 0.2, power: 2 }), { w: [1] }, (ours) => {
      applyTo(ours, { w: [1] });
      applyTo(ours, { w: [1] });
      expect(ours.scalars.learningRate).toBeCloseTo(0.5 / 1.21, 12);
    });
  });

  test('keeps the weight, and from then on the mean of the weights', async () => {
    await training(asgd({ learningRate: 1, decay: 0, averageFrom: 2 }), { w: [0] }, (ours, weights, variables) => {
      expect(ours.averageNames).toEqual(['asgd/average']);
      const seen = [1, 1, 1, 1, 1, 1].map((g) => {
        applyTo(ours, { w: [g] });
        const average = ours.average('asgd/average', variables);
        const values = [...average.values()].map((each) => each.dataSync()[0]);
        tf.dispose([...average.values()]);
        return values[0];
      });
      expect(weights()).toEqual({ w: [-6] });
      // The mean of the weights from the fourth step on, shared by t − 1 − 2: 1, 1, 1, 1, 1/2, 1/3.
      expect(seen).toEqual([-1, -2, -3, -4, -4.5, -5].map(about));
    });
  });

  test.each([
    [{ decay: -1 }, '`decay` must be a finite number, at least 0, got -1'],
    [{ power: -1 }, '`power` must be a finite number, at least 0, got -1'],
    [{ averageFrom: 0.5 }, '`averageFrom` must be a whole number, at least 0, got 0.5'],
    [{ lambd: 0.1 } as never, 'has no option `lambd`'],
  ])('refuses %o', (options, message) => {
    expect(() => asgd(options)).toThrow(
      expect.objectContaining({ code: 'invalid-argument', message: expect.stringContaining(`asgd: ${message}`) }),
    );
  });
});

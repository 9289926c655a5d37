import { testTransform } from '@downhill/conformance';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, test } from 'vitest';
import { about, applyTo, training, walk, walkOne } from '../test/walk.ts';
import { adafactor, type AdafactorOptions } from './adafactor.ts';

testTransform('adafactor', () => adafactor({ learningRate: 0.1 }), { factories: { adafactor } });
testTransform(
  'adafactor',
  () => adafactor({ beta1: 0.9, weightDecay: 0.1, relativeStep: false, scaleParameter: false, minDimSizeToFactor: 3 }),
  { factories: { adafactor } },
);

/** With a rate of 0.1 as it is. */
const plain: AdafactorOptions = { learningRate: 0.1, relativeStep: false, scaleParameter: false };

/** The slots and their shapes after a step. */
const slotsOf = (rule: AdafactorOptions, shape: number[]): Promise<Record<string, readonly number[]>> =>
  training(adafactor(rule), { w: tf.ones(shape).arraySync() }, (ours) => {
    applyTo(ours, { w: tf.ones(shape).arraySync() });
    const state = ours.state('w');
    const shapes = Object.fromEntries(Object.entries(state).map(([name, slot]) => [name, slot.shape]));
    tf.dispose(state);
    return shapes;
  });

describe('adafactor', () => {
  test('by itself takes a step of a hundredth of the weights', async () => {
    // β₂ is 0 at first: every number of the update is 1, and the weights' root mean square is 2.
    const [after] = await walk(adafactor(), { w: [2, -2], v: [0, 0] }, [{ w: [3, -0.1], v: [1, 1] }]);
    expect(after).toEqual({ w: [1.98, -1.98].map(about), v: [-1e-5, -1e-5].map(about) }); // at least as if it were 1e-3
  });

  test('takes no more than 1 / √t of the weights', async () => {
    const [, , , fourth] = await walkOne(adafactor({ learningRate: 1, scaleParameter: false }), 0, [1, 1, 1, 1]);
    expect(fourth).toBeCloseTo(-(1 + 1 / Math.sqrt(2) + 1 / Math.sqrt(3) + 1 / 2), 5);
  });

  test('tells the rate of the step', async () => {
    await training(adafactor({ learningRate: 1 }), { w: [1] }, (ours) => {
      for (let step = 0; step < 4; step++) applyTo(ours, { w: [1] });
      expect(ours.scalars.learningRate).toBe(0.5);
    });
  });

  test('forgets second moments by a power of the step', async () => {
    // β₂ = 1 − 2^−2 at the second step: v = 0.75 · 1 + 0.25 · 9 = 3.
    const way = await walkOne(adafactor({ ...plain, beta2Decay: -2, clipThreshold: 10 }), 0, [1, 3]);
    expect(way).toEqual([-0.1, -0.1 - 0.3 / Math.sqrt(3)].map(about));
  });

  test('keeps a row and a column of a matrix and multiplies them', async () => {
    // Squares [[1, 9], [4, 16]]: rows 5 and 10, columns 2.5 and 12.5, mean 7.5.
    const [after] = await walk(
      adafactor({ ...plain, clipThreshold: 10 }),
      {
        w: [
          [0, 0],
          [0, 0],
        ],
      },
      [
        {
          w: [
            [1, 3],
            [2, 4],
          ],
        },
      ],
    );
    const step = (g: number, row: number, column: number): number => (-0.1 * g) / Math.sqrt((row * column) / 7.5);
    expect(after).toEqual({ w: [step(1, 5, 2.5), step(3, 5, 12.5), step(2, 10, 2.5), step(4, 10, 12.5)].map(about) });
  });

  test('adds epsilon to the squares', async () => {
    expect(await walkOne(adafactor({ ...plain, epsilon1: 3 }), 0, [1])).toEqual([about(-0.05)]);
  });

  test('shortens an update whose root mean square passes the threshold', async () => {
    expect(await walkOne(adafactor({ ...plain, clipThreshold: 0.25 }), 0, [5])).toEqual([about(-0.025)]);
  });

  test('takes the decay from the weight, and keeps a moment of the steps where asked to', async () => {
    expect(await walkOne(adafactor({ ...plain, weightDecay: 0.5 }), 1, [1])).toEqual([about(1 - 0.1 * 1.5)]);
    // Steps 0.1 and 0.1 with half of the moment before: 0.05, 0.075.
    expect(await walkOne(adafactor({ ...plain, beta1: 0.5 }), 0, [1, 1])).toEqual([-0.05, -0.125].map(about));
  });

  test('remembers no more than it must', async () => {
    expect(await slotsOf({}, [5, 3])).toEqual({ 'adafactor/row': [5, 1], 'adafactor/column': [1, 3] });
    expect(await slotsOf({}, [3, 3, 4, 8])).toEqual({ 'adafactor/row': [3, 3, 4, 1], 'adafactor/column': [3, 3, 1, 8] });
    expect(await slotsOf({ beta1: 0.9 }, [7])).toEqual({ 'adafactor/square': [7], 'adafactor/m': [7] });
    expect(await slotsOf({ minDimSizeToFactor: 3 }, [5, 3])).toEqual({ 'adafactor/square': [5, 3] });
    expect(await slotsOf({ minDimSizeToFactor: 2 }, [5, 3])).toEqual({ 'adafactor/row': [5, 1], 'adafactor/column': [1, 3] });
    // A kernel with two short last axes, as PyTorch has them.
    expect(await slotsOf({ minDimSizeToFactor: 3 }, [8, 4, 3, 3])).toEqual({
      'adafactor/row': [8, 1, 3, 3],
      'adafactor/column': [1, 4, 3, 3],
    });
  });

  test.each([
    [{ beta2Decay: 0.8 }, '`beta2Decay` must be a finite number, at most 0, got 0.8'],
    [{ beta1: 1 }, '`beta1` must be a finite number, at least 0 and below 1, got 1'],
    [{ epsilon1: 0 }, '`epsilon1` must be a finite number, above 0, got 0'],
    [{ clipThreshold: 0 }, '`clipThreshold` must be a finite number, above 0, got 0'],
    [{ epsilon2: -1 }, '`epsilon2` must be a finite number, at least 0, got -1'],
    [{ weightDecay: -1 }, '`weightDecay` must be a finite number, at least 0, got -1'],
    [{ minDimSizeToFactor: 0.5 }, '`minDimSizeToFactor` must be a whole number, at least 0, got 0.5'],
  ])('refuses %o', (options, message) => {
    expect(() => adafactor(options)).toThrow(
      expect.objectContaining({ code: 'invalid-argument', message: expect.stringContaining(`adafactor: ${message}`) }),
    );
  });
});

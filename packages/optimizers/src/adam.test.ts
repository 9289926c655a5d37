import { testTransform } from '@downhill/conformance';
import { describe, expect, test } from 'vitest';
import { about, applyTo, training, walk, walkOne } from '../test/walk.ts';
import { adam, scaleByAdam } from './adam.ts';

testTransform('adam', () => adam({ learningRate: 0.1 }), { factories: { adam } });
testTransform('adam', () => adam({ learningRate: 0.1, biasCorrection: false, amsgrad: true }), { factories: { adam } });
testTransform('scaleByAdam', () => scaleByAdam({ beta1: 0 }), { factories: { scaleByAdam } });

describe('adam', () => {
  test('takes a first step of the learning rate, whatever the size of the gradient', async () => {
    const [after] = await walk(adam({ learningRate: 0.1, epsilon: 0 }), { w: [1, 1, 1] }, [{ w: [1e-6, -3, 1e6] }]);
    expect(after).toEqual({ w: [0.9, 1.1, 0.9].map(about) });
  });

  test('follows algorithm 1 of the paper in its second step', async () => {
    // m = 0.9 · 0.1 − 0.1 · 2 = −0.11, v = 0.999 · 0.001 + 0.001 · 4 = 0.004999; corrected by 0.19 and 0.001999.
    const second = -0.11 / 0.19 / (Math.sqrt(0.004999 / 0.001999) + 1e-8);
    expect(await walkOne(adam({ learningRate: 0.1 }), 1, [1, -2])).toEqual([0.9, 0.9 - 0.1 * second].map(about));
  });

  test('adds epsilon to the corrected root', async () => {
    expect(await walkOne(adam({ learningRate: 1, epsilon: 1 }), 0, [1])).toEqual([about(-0.5)]);
  });

  test('stays where it is without a slope', async () => {
    expect(await walkOne(adam(), 1, [0, 0])).toEqual([1, 1]);
  });

  test('with amsgrad never forgets the largest gradient', async () => {
    const gradients = [10, ...Array.from({ length: 50 }, () => 0.1)];
    const rule = { learningRate: 0.1, beta1: 0, beta2: 0.5, biasCorrection: false };
    const way = await walkOne(adam({ ...rule, amsgrad: true }), 0, gradients);
    expect(way[49]! - way[50]!).toBeCloseTo(0.1 * (0.1 / Math.sqrt(50)), 6); // v stays at 0.5 · 10²
    const forgetful = await walkOne(adam(rule), 0, gradients);
    expect(forgetful[49]! - forgetful[50]!).toBeCloseTo(0.1, 3);
  });

  test('keeps its moments as slots', async () => {
    await training(adam(), { w: [1, 2] }, (ours) => {
      applyTo(ours, { w: [3, 4] });
      const slots = Object.entries(ours.state('w')).map(([name, tensor]) => [name, [...tensor.dataSync()], tensor.dispose()]);
      expect(slots).toEqual([
        ['scaleByAdam/m', [0.3, 0.4].map(about), undefined],
        ['scaleByAdam/v', [0.009, 0.016].map(about), undefined],
      ]);
    });
  });

  test.each([
    [{ beta1: 1 }, '`beta1` must be a finite number, at least 0 and below 1, got 1'],
    [{ beta2: -0.1 }, '`beta2` must be a finite number, at least 0 and below 1, got -0.1'],
    [{ epsilon: -1e-8 }, '`epsilon` must be a finite number, at least 0, got -1e-8'],
    [{ learningRate: Number.NaN }, '`learningRate` must be a finite number, got NaN'],
    [{ learningRate: Infinity }, '`learningRate` must be a finite number, got Infinity'],
    [
      { learningRate: { learningRate: 0.1 } as never },
      '`learningRate` must be a number or a schedule, got {"learningRate":0.1}. Pass 0.001, or',
    ],
    [{ learningrate: 0.1 } as never, 'adam: has no option `learningrate`. Did you mean `learningRate`?'],
    [
      0.1 as never,
      'adam: takes an object with some of learningRate, beta1, beta2, epsilon, biasCorrection, amsgrad, got 0.1. Write { learningRate: ... }.',
    ],
  ])('refuses %o', (options, message) => {
    expect(() => adam(options)).toThrow(expect.objectContaining({ code: 'invalid-argument', message: expect.stringContaining(message) }));
  });
});

import type { Factory } from '@downhill/core';
import { testTransform } from '@downhill/conformance';
import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { numbers, places, step } from '../../test/step.ts';
import { clipWeights, maxNorm, minMaxNorm, nonNegative, unitNorm, type Constraint, type NormAxis } from './index.ts';

const factories: Readonly<Record<string, Factory>> = { clipWeights, maxNorm, minMaxNorm, nonNegative, unitNorm };
testTransform('maxNorm', () => maxNorm({ maxValue: 0.75 }), { factories });
testTransform('unitNorm', () => unitNorm({ axis: 'incoming' }), { factories });
testTransform('minMaxNorm', () => minMaxNorm({ minValue: 0.5, maxValue: 0.75, rate: 0.5, axis: [0, 1] }), { factories });
testTransform('nonNegative', () => nonNegative({ mask: {} }), { factories });
testTransform('clipWeights', () => clipWeights({ minValue: -0.5, maxValue: 0.25, mask: {} }), { factories });

const constraints: readonly { readonly name: string; readonly make: (axis: NormAxis) => Constraint }[] = [
  { name: 'maxNorm', make: (axis) => maxNorm({ maxValue: 1.5, axis }) },
  { name: 'unitNorm', make: (axis) => unitNorm({ axis }) },
  { name: 'minMaxNorm', make: (axis) => minMaxNorm({ minValue: 2, maxValue: 3, rate: 0.25, axis }) },
  { name: 'nonNegative', make: () => nonNegative() },
  { name: 'clipWeights', make: () => clipWeights({ minValue: -0.5, maxValue: 1 }) },
];
const axes: readonly { readonly axis: NormAxis; readonly shape: readonly number[] }[] = [
  { axis: 0, shape: [4, 3] },
  { axis: -1, shape: [4, 3] },
  { axis: [0, 1, 2], shape: [2, 2, 3, 2] },
  { axis: 'incoming', shape: [2, 2, 3, 2] },
];

const weights = fc.array(fc.float({ min: -100, max: 100, noNaN: true }), { minLength: 12, maxLength: 12 });
const matrixOf = (values: readonly number[]): tf.Tensor2D => tf.tensor2d([...values], [4, 3]);
const normsOf = (w: tf.Tensor): number[] => [...tf.norm(w, 'euclidean', 0).dataSync()];

/** The norm was rounded once, the factor twice and each product once. */
const ABOUT = 1 + 4 * 2 ** -23;

describe('a constraint', () => {
  beforeEach(() => tf.setBackend('cpu').then(() => tf.engine().startScope()));
  afterEach(() => tf.engine().endScope());

  test.each(constraints.flatMap((each) => axes.flatMap((along) => places.map((place) => ({ ...each, ...along, place })))))(
    '$name over $axis in a step is what it is as a function, on $place.backend, $place.execution',
    async ({ make, axis, shape, place }) => {
      const constraint = make(axis);
      const w = tf.tensor(numbers(shape.reduce((product, size) => product * size, 1)), [...shape]);
      const wanted = [...constraint.apply(w).dataSync()];
      const { weight } = await step(constraint, w.arraySync(), place);
      weight.forEach((value, i) => expect(Math.abs(value - wanted[i]!)).toBeLessThanOrEqual(Math.abs(wanted[i]!) * (ABOUT - 1)));
      expect(weight).not.toEqual([...w.dataSync()]);
      await tf.setBackend('cpu');
    },
  );

  test('takes the axes that it sums over, as Keras', () => {
    const w = tf.tensor2d([
      [3, 0],
      [4, 5],
    ]);
    const rounded = (constraint: Constraint): number[] => [...constraint.apply(w).dataSync()].map((value) => Number(value.toFixed(6)));
    expect(rounded(unitNorm())).toEqual([0.6, 0, 0.8, 1]);
    expect(rounded(unitNorm({ axis: 1 }))).toEqual([1, 0, 0.624695, 0.780869]);
    expect(rounded(unitNorm({ axis: [0, 1] }))).toEqual([3, 0, 4, 5].map((value) => Number((value / Math.sqrt(50)).toFixed(6))));
    expect(rounded(unitNorm({ axis: 'incoming' }))).toEqual(rounded(unitNorm()));
  });

  test('maxNorm: no norm is above the limit, and shorter ones stay', () => {
    fc.assert(
      fc.property(weights, (values) => {
        const w = matrixOf(values);
        const [before, after] = [normsOf(w), normsOf(maxNorm({ maxValue: 3 }).apply(w))];
        after.forEach((norm, i) => {
          expect(norm).toBeLessThanOrEqual(3 * ABOUT);
          if (before[i]! <= 3) expect(Math.abs(norm - before[i]!)).toBeLessThanOrEqual(2e-6);
        });
      }),
    );
  });

  test('unitNorm and minMaxNorm: every norm ends where it must, but for groups of zeros', () => {
    fc.assert(
      fc.property(weights, (values) => {
        const w = matrixOf(values);
        const before = normsOf(w);
        const [unit, between] = [normsOf(unitNorm().apply(w)), normsOf(minMaxNorm({ minValue: 2, maxValue: 3 }).apply(w))];
        before.forEach((norm, i) => {
          if (norm < 1) return; // the ε of Keras shortens short ones
          expect(Math.abs(unit[i]! - 1)).toBeLessThan(2e-6);
          expect(between[i]!).toBeGreaterThan(2 - 2e-6);
          expect(between[i]!).toBeLessThan(3 + 2e-6);
        });
      }),
    );
    expect([
      ...unitNorm()
        .apply(tf.zeros([2, 2]))
        .dataSync(),
    ]).toEqual([0, 0, 0, 0]);
    expect([
      ...minMaxNorm({ minValue: 1, maxValue: 2 })
        .apply(tf.zeros([2, 2]))
        .dataSync(),
    ]).toEqual([0, 0, 0, 0]);
  });

  test('nonNegative and clipWeights: every weight is inside, and what was inside stays to the last bit', () => {
    fc.assert(
      fc.property(weights, (values) => {
        const w = matrixOf(values);
        const given = [...w.dataSync()];
        expect([...nonNegative().apply(w).dataSync()].map((value) => value + 0)).toEqual(given.map((value) => Math.max(value, 0) + 0));
        expect([...clipWeights({ minValue: -1, maxValue: 2 }).apply(w).dataSync()]).toEqual(
          given.map((value) => Math.min(Math.max(value, -1), 2)),
        );
      }),
    );
  });

  test('minMaxNorm with a rate below 1 closes that share of the gap at a step', () => {
    const long = tf.tensor2d([[10], [0]]);
    expect(minMaxNorm({ maxValue: 2, rate: 0.25 }).apply(long).dataSync()[0]).toBeCloseTo(8, 5);
  });

  test('acts on the weight after the update, and leaves biases alone unless it is told', async () => {
    expect((await step(clipWeights({ minValue: -1, maxValue: 1 }), [[2, -3]])).weight).toEqual([1, -1]);
    await expect(step(nonNegative(), [1, 2])).rejects.toThrow('[unknown-name] nonNegative: the mask {"minRank":2} leaves it no parameter');
    expect((await step(nonNegative({ mask: { names: ['fc/*'] } }), [-1, 2])).weight).toEqual([0, 2]);
  });

  test('leaves nothing behind, also where it throws', async () => {
    const w = tf.ones([2, 2]);
    const before = tf.memory().numTensors;
    for (const { make } of constraints) {
      make(0).apply(w).dispose();
      await step(make(0), [[1, -2]]);
      expect(() => maxNorm({ axis: 2 }).apply(w)).toThrow('[shape-mismatch] maxNorm: a weight of shape [2, 2] has no axis 2.');
      await expect(step(maxNorm({ axis: [0, -3] }), [[1, -2]])).rejects.toThrow('a weight of shape [1, 2] has no axis -3');
    }
    expect(tf.memory().numTensors).toBe(before);
  });

  test('an axis that is named from both ends counts once', () => {
    tf.tidy(() => {
      const w = tf.tensor2d([
        [3, 0],
        [4, 1],
      ]);
      expect(
        unitNorm({ axis: [0, -2] })
          .apply(w)
          .dataSync(),
      ).toEqual(unitNorm({ axis: 0 }).apply(w).dataSync());
    });
  });

  test.each([
    [() => maxNorm({ maxValue: 0 }), 'maxNorm: `maxValue` must be a finite number, above 0, got 0'],
    [() => maxNorm({ max: 1 } as never), 'maxNorm: has no option `max`'],
    [() => maxNorm(2 as never), 'maxNorm: takes an object with some of maxValue, axis, epsilon, mask, got 2'],
    [() => maxNorm({ axis: 0.5 }), "maxNorm: `axis` must be a whole number, got 0.5. Pass 0, [0, 1, 2] or 'incoming'."],
    [() => maxNorm({ axis: [0, Number.NaN] }), 'maxNorm: `axis[1]` must be a whole number, got NaN'],
    [() => maxNorm({ axis: [] }), 'maxNorm: `axis` must name one axis or more, each once, got []'],
    [() => maxNorm({ axis: [1, 1] }), 'maxNorm: `axis` must name one axis or more, each once, got [1,1]'],
    [() => unitNorm({ axis: 'outgoing' as never }), 'unitNorm: `axis` must be a whole number, got "outgoing"'],
    [() => unitNorm({ epsilon: 0 }), 'unitNorm: `epsilon` must be a finite number, above 0, got 0'],
    [() => minMaxNorm({ minValue: 2 }), 'minMaxNorm: `minValue` must be at most `maxValue` (1), got 2'],
    [() => minMaxNorm({ minValue: -1 }), 'minMaxNorm: `minValue` must be a finite number, at least 0, got -1'],
    [() => minMaxNorm({ rate: 1.5 }), 'minMaxNorm: `rate` must be a finite number, at least 0 and at most 1, got 1.5'],
    [() => clipWeights({ minValue: 1 }), 'clipWeights: `minValue` must be at most `maxValue` (0.01), got 1'],
    [() => clipWeights({ mask: 2 } as never), 'clipWeights: a mask must be an object'],
    [() => nonNegative().apply(tf.tensor1d([1], 'int32')), 'nonNegative: `weight` must be a float32 tensor, got int32 [1]'],
  ])('refuses %s', (call, message) => {
    expect(call).toThrow(expect.objectContaining({ code: 'invalid-argument', message: expect.stringContaining(message) }));
  });
});

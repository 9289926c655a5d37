import { chain, lerp, mul, randomStream, streamKey, transform, type Transform } from '@downhill/core';
import { testTransform } from '@downhill/conformance';
import { adamw, sgd } from '@downhill/optimizers';
import { optimizer, type DownhillOptimizer } from '@downhill/tfjs';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { emaWeights, polyakWeights, swaWeights, type SwaWeightsOptions } from '../index.ts';

const factories = { emaWeights, swaWeights, polyakWeights };
testTransform('emaWeights', () => emaWeights(), { factories });
testTransform('emaWeights', () => emaWeights({ decays: [0.5, 0.9] }), { factories });
testTransform('emaWeights', () => emaWeights({ decay: 0.9, useWarmup: true, updateAfterStep: 1, minDecay: 0.1 }), { factories });
testTransform('emaWeights', () => emaWeights({ decay: 0.9, biasCorrection: true }), { factories });
testTransform('swaWeights', () => swaWeights({ start: 1, every: 2, decay: 0.9 }), { factories });
testTransform('swaWeights', () => swaWeights({ start: { epoch: 1, batchesPerEpoch: 2 } }), { factories });
testTransform('polyakWeights', () => polyakWeights(), { factories });

/** The weight and its averages after each of some steps whose gradients are given. */
function follow(made: Transform, gradients: readonly number[]): { weights: number[]; averages: Record<string, number[]> } {
  const weight = tf.tidy(() => tf.variable(tf.scalar(1)));
  const ours = optimizer(made);
  const averages: Record<string, number[]> = Object.fromEntries(ours.averageNames.map((name) => [name, []]));
  const weights: number[] = [];
  for (const gradient of gradients) {
    tf.tidy(() => ours.applyGradients({ [weight.name]: tf.scalar(gradient) }));
    weights.push(weight.dataSync()[0]!);
    for (const name of ours.averageNames) averages[name]!.push(read(ours, name, weight));
  }
  ours.dispose();
  weight.dispose();
  return { weights, averages };
}

function read(ours: DownhillOptimizer, name: string, weight: tf.Variable): number {
  const average = ours.average(name, [weight]).get(weight)!;
  const value = average.dataSync()[0]!;
  average.dispose();
  return value;
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const steps = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 1, maxLength: 30 });

describe('emaWeights', () => {
  beforeAll(() => tf.setBackend('cpu'));

  test('with several decays keeps the averages that each keeps alone', () => {
    fc.assert(
      fc.property(steps, (gradients) => {
        const both = follow(chain(sgd({ learningRate: 0.1 }), emaWeights({ decays: [0.5, 0.9] })), gradients).averages;
        for (const decay of [0.5, 0.9]) {
          const alone = follow(chain(sgd({ learningRate: 0.1 }), emaWeights({ decay })), gradients).averages;
          expect(both[`emaWeights/${decay}`]).toEqual(alone['emaWeights/average']);
        }
      }),
      { numRuns: 20 },
    );
  });

  test('with a correction is the weighted mean of the weights so far: the newest by 1, each older one by the decay less', () => {
    const { weights, averages } = follow(
      chain(sgd({ learningRate: 0.1 }), emaWeights({ decay: 0.9, biasCorrection: true })),
      [1, -2, 0.5, 3],
    );
    weights.forEach((_, last) => {
      const shares = weights.slice(0, last + 1).map((_, i) => 0.9 ** (last - i));
      const expected = shares.reduce((sum, share, i) => sum + share * weights[i]!, 0) / shares.reduce((sum, share) => sum + share, 0);
      expect(averages['emaWeights/average']![last]).toBeCloseTo(expected, 6);
    });
  });

  test('copies the weights until `updateAfterStep`, then lags behind them', () => {
    const { weights, averages } = follow(chain(sgd({ learningRate: 0.1 }), emaWeights({ updateAfterStep: 3 })), [1, 1, 1, 1, 1, 1]);
    const average = averages['emaWeights/average']!;
    expect(average.slice(0, 4)).toEqual(weights.slice(0, 4));
    expect(average[5]! - weights[5]!).toBeGreaterThan(0.1);
  });

  test('warms up: the decay grows towards what it is to be, and never beyond', () => {
    const rule = emaWeights({ decay: 0.95, useWarmup: true, minDecay: 0.2 }).parts[0]!.rule;
    const decays = Array.from({ length: 200 }, (_, step) => rule.scalars!({ step, t: step + 1 }, {})['averageDecay']!);
    expect(decays.slice(0, 3)).toEqual([0, expect.closeTo(1 - 2 ** (-2 / 3), 12), expect.closeTo(1 - 3 ** (-2 / 3), 12)]);
    for (let t = 1; t < decays.length; t++) expect(decays[t]!).toBeGreaterThanOrEqual(decays[t - 1]!);
    expect(decays.at(-1)).toBe(0.95);
  });

  test.each([
    [{ decay: 1 }, '`decay` must be a finite number, at least 0 and below 1, got 1'],
    [{ decay: 0.9, decays: [0.5] }, '`decay` and `decays` were both given'],
    [{ decays: [] }, '`decays` must be a list of numbers, got []'],
    [{ decays: [0.9, 0.9] }, '`decays` has one twice, got [0.9,0.9]'],
    [{ decays: [0.9, 0.5], minDecay: 0.6 }, '`minDecay` must be a finite number, at least 0 and at most 0.5, got 0.6'],
    [{ warmupPower: 0 }, '`warmupPower` must be a finite number, above 0, got 0'],
    [{ updateAfterStep: 1.5 }, '`updateAfterStep` must be a whole number, at least 0, got 1.5'],
    [{ biasCorrection: true, useWarmup: true }, '`biasCorrection` cannot go with `useWarmup`'],
    [{ momentum: 0.9 } as never, 'has no option `momentum`'],
  ])('refuses %o', (options, message) => {
    expect(() => emaWeights(options)).toThrow(
      expect.objectContaining({ code: 'invalid-argument', message: expect.stringContaining(message) }),
    );
  });
});

describe('swaWeights', () => {
  beforeAll(() => tf.setBackend('cpu'));

  test.each<[SwaWeightsOptions, readonly number[]]>([
    [{}, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]],
    [{ start: 4, every: 2 }, [4, 6, 8]],
    [{ start: { epoch: 1, batchesPerEpoch: 3 } }, [5, 8]],
    [{ start: { epoch: 1, batchesPerEpoch: 3 }, every: 1 }, [3, 4, 5, 6, 7, 8, 9]],
  ])('%o is the mean of the weights after the steps %o, and the first ones before', (options, counted) => {
    const gradients = [0.3, -0.7, 1, 0.2, -0.4, 0.9, -0.1, 0.6, 0.8, -0.5];
    const { weights, averages } = follow(chain(sgd({ learningRate: 0.1 }), swaWeights(options)), gradients);
    averages['swaWeights/average']!.forEach((average, step) => {
      const sofar = counted.filter((each) => each <= step).map((each) => weights[each]!);
      expect(average).toBeCloseTo(sofar.length === 0 ? 1 : mean(sofar), 6);
    });
  });

  test('after its copy may be a moving average', () => {
    const { weights, averages } = follow(chain(sgd({ learningRate: 0.1 }), swaWeights({ start: 1, decay: 0.75 })), [1, 1, 1]);
    expect(averages['swaWeights/average']!.slice(1)).toEqual([weights[1], expect.closeTo(0.75 * weights[1]! + 0.25 * weights[2]!, 6)]);
  });

  test.each([
    [{ start: -1 }, '`start` must be a whole number, at least 0, got -1'],
    [{ every: 0 }, '`every` must be a whole number, at least 1, got 0'],
    [{ start: { epoch: 1 } as never }, '`start` must be a step or { epoch, batchesPerEpoch }, got {"epoch":1}'],
    [{ start: { epoch: 1, batchesPerEpoch: 0 } }, '`batchesPerEpoch` must be a whole number, at least 1, got 0'],
    [{ decay: 1 }, '`decay` must be a finite number, at least 0 and below 1, got 1'],
  ])('refuses %o', (options, message) => {
    expect(() => swaWeights(options)).toThrow(
      expect.objectContaining({ code: 'invalid-argument', message: expect.stringContaining(message) }),
    );
  });
});

test('polyakWeights is the mean of the weights after each step', () => {
  const { weights, averages } = follow(chain(sgd({ learningRate: 0.1 }), polyakWeights()), [0.3, -0.7, 1, 0.2]);
  averages['swaWeights/average']!.forEach((average, step) => expect(average).toBeCloseTo(mean(weights.slice(0, step + 1)), 6));
});

test('under gradient noise every average ends nearer to the minimum than the weights do', () => {
  // The loss w² / 2 from w = 1, each gradient with a normal error of 1: with a constant rate the weight keeps wandering.
  const noise = randomStream(streamKey(3, 'noise'));
  const weight = tf.tidy(() => tf.variable(tf.tensor1d(new Float32Array(200).fill(1))));
  const averages = chain(emaWeights({ decay: 0.98 }), swaWeights({ start: 200 }), polyakWeights());
  const ours = optimizer(chain(sgd({ learningRate: 0.3 }), averages));
  for (let step = 0; step < 400; step++)
    tf.tidy(() => {
      const errors = tf.tensor1d(Float32Array.from({ length: 200 }, (_, i) => noise.normalAt(200 * step + i)));
      ours.applyGradients({ [weight.name]: tf.add(weight, errors) });
    });
  const distance = (x: tf.Tensor): number => tf.tidy(() => tf.norm(x).dataSync()[0]!);
  const last = distance(weight);
  for (const name of ours.averageNames) {
    const average = ours.average(name, [weight]).get(weight)!;
    expect(distance(average), name).toBeLessThan(last / 3);
    average.dispose();
  }
  ours.dispose();
  weight.dispose();
});

test('averages change nothing of what is trained, to the last bit', () => {
  const gradients = Array.from({ length: 12 }, (_, i) => Math.sin(i));
  const plain = follow(adamw({ learningRate: 0.1 }), gradients).weights;
  expect(follow(chain(adamw({ learningRate: 0.1 }), emaWeights(), swaWeights({ start: 3 })), gradients).weights).toEqual(plain);
});

test('an average takes the weights as the rules before it in the chain leave them', () => {
  const halve = transform({ name: 'halve', config: {}, weights: (next) => mul(next, 0.5) });
  const { weights, averages } = follow(chain(sgd({ learningRate: 1 }), halve, swaWeights()), [0.5]);
  expect([weights, averages['swaWeights/average']]).toEqual([[0.25], [0.25]]);
});

test('any rule may say that a slot of its own is an average', () => {
  const own = transform({
    name: 'own',
    config: {},
    slots: { kept: { fill: 0, over: [] } },
    averages: [{ slot: 'kept', factor: () => 2 }],
    weights: (next, { slots }) => ({ slots: { kept: lerp(next, slots.kept, 0.5) } }),
  });
  expect(follow(chain(sgd({ learningRate: 1 }), own), [0]).averages).toEqual({ 'own/kept': [1] });
});

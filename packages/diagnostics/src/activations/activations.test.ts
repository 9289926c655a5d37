import * as tf from '@tensorflow/tfjs-core';
import { layers, sequential, type Sequential } from '@tensorflow/tfjs-layers';
import { meanSquaredError } from '@downhill/training';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { onEachBackend } from '../../test/each-backend.ts';
import { notebook, smallRun } from '../../test/small-run.ts';
import { activationMeter, deadUnits, layerActivations, meters, saturatedFraction, valueStatistics } from '../index.ts';

describe('statistics of values', () => {
  test('shift and stretch as they must, and lie within the values', () => {
    const some = fc
      .array(fc.integer({ min: -100, max: 100 }), { minLength: 2, maxLength: 40 })
      .filter((values) => new Set(values).size > 1);
    fc.assert(
      fc.property(some, (values) => {
        const [own, moved] = [valueStatistics(values), valueStatistics(values.map((value) => 3 * value + 7))];
        expect(moved.mean).toBeCloseTo(3 * own.mean + 7, 8);
        expect(moved.std).toBeCloseTo(3 * own.std, 8);
        expect(moved.kurtosis).toBeCloseTo(own.kurtosis, 6);
        expect(moved.skewness).toBeCloseTo(own.skewness, 6);
        expect([own.min, ...own.percentiles, own.max]).toEqual([own.min, ...own.percentiles, own.max].sort((a, b) => a - b));
      }),
    );
  });

  test.each([
    [() => valueStatistics([]), 'data-invalid', /no values/],
    [() => valueStatistics([1], [101]), 'invalid-argument', /`percentile`/],
    [() => deadUnits([1, 2, 3], 2), 'invalid-argument', /values.length/],
    [() => saturatedFraction([1], 'tanh', 1), 'invalid-argument', /`limit`/],
  ])('bad input has an error of its own: %o', (call, code, message) => {
    expect(call).toThrow(expect.objectContaining({ code, message: expect.stringMatching(message) }));
  });
});

/** Unit 1 of the ReLU is dead for inputs above 0; the sigmoid is saturated. */
function halfDead(): Sequential {
  const model = sequential({
    layers: [layers.dense({ units: 2, inputShape: [1], activation: 'relu' }), layers.dense({ units: 1, activation: 'sigmoid' })],
  });
  tf.tidy(() => model.setWeights([tf.tensor2d([[1, -1]]), tf.tensor1d([0, 0]), tf.tensor2d([[50], [0]]), tf.tensor1d([0])]));
  return model;
}

onEachBackend('activations', () => {
  test('of a model are read layer by layer, and its layers are left as they were', async () => {
    const [model, xs] = [halfDead(), tf.tensor2d([[1], [2], [3]])];
    const before = tf.memory().numTensors;
    const [relu, sigmoid] = await layerActivations(model, xs);
    expect(tf.memory().numTensors).toBe(before);
    expect(relu).toMatchObject({ place: '0', className: 'Dense', activation: 'relu', shape: [3, 2], statistics: { mean: 1, max: 3 } });
    expect(relu?.dead).toEqual({ dead: 1, units: 2, deadFraction: 0.5, zeroFraction: 0.5 });
    expect(sigmoid?.saturated).toBe(1);
    expect(model.layers.every((layer) => !Object.hasOwn(layer, 'call'))).toBe(true);
    const wrong = tf.zeros([1, 9]);
    await expect(layerActivations(model, wrong)).rejects.toThrow();
    expect(model.layers.every((layer) => !Object.hasOwn(layer, 'call'))).toBe(true);
    tf.dispose([xs, wrong]);
    model.dispose();
  });

  test.each(['training', 'own'] as const)('are metered in a run without changing a bit of it (%s pass)', async (pass) => {
    const { weights } = await smallRun();
    const sink = notebook();
    expect((await smallRun({ hooks: [meters([activationMeter({ pass })], { every: 7, sinks: [sink] })] })).weights).toEqual(weights);
    for (const name of ['activations/0/mean', 'activations/0/std', 'activations/0/kurtosis', 'activations/1/median', 'saturated/0'])
      expect(sink.course(name), name).toHaveLength(2);
  });

  test('are the same in both passes where no layer is random', async () => {
    const course = async (pass: 'training' | 'own'): Promise<unknown> => {
      const sink = notebook();
      await smallRun({ hooks: [meters([activationMeter({ pass, every: 5 })], { sinks: [sink] })] });
      return sink.course('activations/0/mean');
    };
    expect(await course('training')).toEqual(await course('own'));
  });

  test('leave nothing behind where the step fails', async () => {
    const loss = (): tf.Tensor => {
      throw new Error('it fails');
    };
    await expect(smallRun({ loss, hooks: [meters([activationMeter()], { every: 1, sinks: [] })] })).rejects.toThrow('it fails');
  });

  test('of a model of functions cannot be heard', async () => {
    const model = { variables: [], predict: (x: tf.Tensor) => meanSquaredError(x, x) };
    await expect(layerActivations(model as never, [])).rejects.toMatchObject({ code: 'unsupported' });
  });
});

import * as tf from '@tensorflow/tfjs-core';
import { layers, sequential, type Sequential } from '@tensorflow/tfjs-layers';
import { seedModel } from '@downhill/tfjs/layers';
import { softmaxCrossEntropy, type Batch } from '@downhill/training';
import { expect, test } from 'vitest';
import { onEachBackend } from '../../test/each-backend.ts';
import { checkInitialization, checkText } from '../index.ts';

type Activation = 'relu' | 'tanh';

/** Six layers of 64 units, their kernels stretched. */
function deep(activation: Activation, stretch: number, bias = 0): Sequential {
  const kernelInitializer = activation === 'relu' ? 'heNormal' : 'glorotNormal';
  const hidden = Array.from({ length: 6 }, (_, i) => layers.dense({ units: 64, activation, kernelInitializer, ...(i === 0 ? { inputShape: [32] } : {}) })); // prettier-ignore
  const model = sequential({ layers: [...hidden, layers.dense({ units: 3 })] });
  seedModel(model, 3);
  tf.tidy(() => model.setWeights(model.getWeights().map((weight) => (weight.rank === 1 ? tf.add(weight, bias) : tf.mul(weight, stretch)))));
  return model;
}

const batchOf = (): Batch => ({ xs: tf.randomNormal([64, 32], 0, 1, 'float32', 5), ys: tf.tensor1d(Array.from({ length: 64 }, (_, i) => i % 3)) }); // prettier-ignore

onEachBackend('checking first weights', () => {
  test.each(['relu', 'tanh'] as const)('those that fit %s are fine', async (activation) => {
    const [model, batch] = [deep(activation, 1), batchOf()];
    const found = await checkInitialization({ model, loss: softmaxCrossEntropy, batch });
    expect(found.verdict).toBe('ok');
    expect(found.layers).toHaveLength(7);
    found.layers.slice(0, 6).forEach(({ gain, expectedGain }) => expect(Math.abs(gain / expectedGain - 1)).toBeLessThan(0.35)); // truncated, and fan in ≠ fan out
    tf.dispose([batch.xs, batch.ys].flat());
    model.dispose();
  });

  test.each([
    ['far too small', () => deep('relu', 0.05), 'failed', /heNormal/],
    ['all zero', () => deep('relu', 0), 'failed', /at random/],
    ['so large that tanh saturates', () => deep('tanh', 8), 'warning', /saturated/],
    ['with biases that kill every ReLU', () => deep('relu', 1, -30), 'failed', /dead/],
    ['NaN', () => deep('relu', Number.NaN), 'failed', /./],
  ] as const)('those that are %s are caught', async (_, make, verdict, advice) => {
    const [model, batch] = [make(), batchOf()];
    const found = await checkInitialization({ model, loss: softmaxCrossEntropy, batch });
    expect(found).toMatchObject({ verdict, advice: expect.stringMatching(advice) });
    expect(checkText(found).split('\n').length).toBeGreaterThan(8);
    tf.dispose([batch.xs, batch.ys].flat());
    model.dispose();
  });

  test('a model of functions, and one without kernels, cannot be checked', async () => {
    const batch = batchOf();
    const flat = sequential({ layers: [layers.batchNormalization({ inputShape: [32] })] });
    const loss = (ys: tf.Tensor, z: tf.Tensor): tf.Tensor => tf.tidy(() => tf.add(tf.sum(z, -1), ys));
    await expect(checkInitialization({ model: flat, loss, batch })).rejects.toMatchObject({ code: 'unsupported' });
    await expect(checkInitialization({ model: { variables: [], predict: () => batch.ys } as never, loss, batch })).rejects.toMatchObject({
      code: 'unsupported',
    });
    tf.dispose([batch.xs, batch.ys].flat());
    flat.dispose();
  });
});

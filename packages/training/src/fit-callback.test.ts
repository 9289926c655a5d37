import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { callbacks, layers, sequential, type Sequential } from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { batchDataset } from './batch-dataset.ts';
import { batches, type BatchSource } from './batches.ts';
import { memoryStore, type CheckpointStore } from '@downhill/core';
import { checkpointCallback, type CheckpointCallbackOptions } from './fit-callback.ts';

const xs = Float32Array.from({ length: 40 }, (_, i) => Math.sin(i));
const ys = Float32Array.from({ length: 20 }, (_, i) => Math.cos(i));
const source = (): BatchSource => batches({ xs: { values: xs, shape: [2] }, ys: { values: ys, shape: [1] } }, { batchSize: 6, shuffle: 3 });

function compiled(): Sequential {
  const kernelInitializer = { className: 'GlorotNormal', config: { seed: 5 } } as never;
  const model = sequential({
    layers: [
      layers.dense({ units: 4, inputShape: [2], activation: 'relu', kernelInitializer }),
      layers.dense({ units: 1, kernelInitializer }),
    ],
  });
  model.compile({ optimizer: tf.train.rmsprop(0.01), loss: 'meanSquaredError' });
  return model;
}

const weightsOf = (model: Sequential): number[] => model.getWeights().flatMap((weight) => [...weight.dataSync()]);

type How = (model: Sequential, epochs: number, store: CheckpointStore, options?: Partial<CheckpointCallbackOptions>) => Promise<void>;
const byFit: How = async (model, epochs, store, options) => {
  const checkpoints = await checkpointCallback({ model, store, resume: true, shuffle: false, ...options });
  const [x, y] = [tf.tensor2d(xs, [20, 2]), tf.tensor2d(ys, [20, 1])];
  await model.fit(x, y, {
    epochs,
    initialEpoch: checkpoints.initialEpoch,
    callbacks: [checkpoints, callbacks.earlyStopping({ monitor: 'loss', patience: 9 })],
    shuffle: false,
    batchSize: 7,
  });
  tf.dispose([x, y]);
};
const byDataset: How = async (model, epochs, store, options) => {
  const checkpoints = await checkpointCallback({ model, store, resume: true, ...options });
  const { initialEpoch } = checkpoints;
  await model.fitDataset(batchDataset(source(), { initialEpoch }), { epochs, initialEpoch, callbacks: checkpoints });
};

describe('checkpointCallback', () => {
  beforeAll(() => tf.setBackend('cpu'));

  test.each([['fit', byFit] as const, ['fitDataset over our batches', byDataset] as const])(
    '%s, resumed in a model built anew, gives the bits of an uninterrupted run',
    async (_, train) => {
      const whole = compiled();
      await train(whole, 5, memoryStore());
      const store = memoryStore();
      await train(compiled(), 2, store);
      const resumed = compiled();
      await train(resumed, 5, store);
      expect(weightsOf(resumed)).toEqual(weightsOf(whole));
    },
  );

  test('keeps the last k, every so many epochs', async () => {
    const store = memoryStore();
    await byFit(compiled(), 6, store, { everyEpochs: 2, keep: 2 });
    expect([...(await store.list())].sort()).toEqual(['step-000000012.safetensors', 'step-000000018.safetensors']);
  });

  test('says when fit begins at another epoch than the checkpoint', async () => {
    const store = memoryStore();
    await byFit(compiled(), 2, store);
    const model = compiled();
    const checkpoints = await checkpointCallback({ model, store, resume: true });
    await expect(model.fitDataset(batchDataset(source()), { epochs: 3, callbacks: checkpoints })).rejects.toThrow(
      'initialEpoch: checkpoints.initialEpoch',
    );
  });

  test('says once that fit shuffles with Math.random', async () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
    const said = (): number => warn.mock.calls.filter(([line]) => String(line).includes('Math.random')).length;
    await byDataset(compiled(), 1, memoryStore());
    await byFit(compiled(), 1, memoryStore());
    expect(said()).toBe(0);
    for (let i = 0; i < 2; i++) await byFit(compiled(), 1, memoryStore(), { shuffle: undefined as never });
    expect(said()).toBe(1);
    warn.mockRestore();
  });

  test('refuses a model that is not compiled, a used store, a checkpoint of another model', async () => {
    const store = memoryStore();
    const model = compiled();
    await byFit(model, 1, store);
    await expect(checkpointCallback({ model, store })).rejects.toMatchObject({ code: 'invalid-argument' });
    const other = sequential({ layers: [layers.dense({ units: 1, inputShape: [3] })] });
    await expect(checkpointCallback({ model: other, store, resume: true })).rejects.toThrow('compile');
    other.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });
    await expect(checkpointCallback({ model: other, store, resume: true })).rejects.toMatchObject({ code: 'state-mismatch' });
  });
});

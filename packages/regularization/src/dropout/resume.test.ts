import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import { randomStream, streamKey } from '@downhill/core';
import { batches, meanSquaredError, memoryStore, train, type BatchSource, type CheckpointStore } from '@downhill/training';
import { checkpointCallback } from '@downhill/training/layers';
import * as tf from '@tensorflow/tfjs-core';
import { layers, sequential, type LayersModel } from '@tensorflow/tfjs-layers';
import { describe, expect, test } from 'vitest';
import { DropBlock, Dropout } from './layers/index.ts';

tf.enableProdMode();
const { normalAt } = randomStream(streamKey(1, 'data'));
const EXAMPLES = 12;
const SEED = 11;

function net(): LayersModel {
  return sequential({
    layers: [
      layers.reshape({ targetShape: [4, 4, 1], inputShape: [16] }),
      new DropBlock({ rate: 0.2, blockSize: 2 }),
      layers.flatten(),
      layers.dense({ units: 8, activation: 'tanh', kernelInitializer: 'heNormal' }),
      new Dropout({ rate: 0.5 }),
      layers.dense({ units: 1, kernelInitializer: 'heNormal' }),
    ],
  });
}

const data = (): BatchSource =>
  batches(
    {
      xs: { values: Float32Array.from({ length: EXAMPLES * 16 }, (_, i) => normalAt(i)), shape: [16] },
      ys: { values: Float32Array.from({ length: EXAMPLES }, (_, i) => normalAt(1000 + i)), shape: [1] },
    },
    { batchSize: 4, shuffle: 3 },
  );

const weightsOf = (model: LayersModel): number[][] => model.weights.map((weight) => [...weight.read().dataSync()]);

/** Three epochs of three steps, ended early after some steps. */
async function run(store: CheckpointStore, endAfter = Number.POSITIVE_INFINITY, resume = false): Promise<number[][]> {
  const model = net();
  const optimizer = tf.train.rmsprop(0.01);
  const ending = new AbortController();
  await train({
    model,
    optimizer,
    loss: meanSquaredError,
    batches: data(),
    epochs: 3,
    seed: SEED,
    checkpoints: { store, everySteps: 1, resume },
    signal: ending.signal,
    onEvent: (event) => {
      if (event.type === 'step' && event.step >= endAfter) ending.abort();
    },
  });
  const weights = weightsOf(model);
  model.dispose();
  optimizer.dispose();
  return weights;
}

describe.each(['cpu', 'wasm'])('a run with dropout on %s', (backend) => {
  test('that is resumed in the middle of an epoch has the masks and the weights of one that never ended', async () => {
    await tf.setBackend(backend);
    const whole = await run(memoryStore());
    const store = memoryStore();
    const half = await run(store, 4);
    expect(half).not.toEqual(whole);
    expect(await run(store, Number.POSITIVE_INFINITY, true)).toEqual(whole);
  });

  test('in model.fit, too, with the checkpoint callback', async () => {
    await tf.setBackend(backend);
    const xs = tf.tensor2d(
      Float32Array.from({ length: EXAMPLES * 16 }, (_, i) => normalAt(i)),
      [EXAMPLES, 16],
    );
    const ys = tf.tensor2d(
      Float32Array.from({ length: EXAMPLES }, (_, i) => normalAt(1000 + i)),
      [EXAMPLES, 1],
    );
    const fit = async (store: CheckpointStore, epochs: number, resume: boolean): Promise<number[][]> => {
      const model = net();
      model.compile({ optimizer: tf.train.rmsprop(0.01), loss: 'meanSquaredError' });
      const checkpoints = await checkpointCallback({ model, store, resume, seed: SEED, shuffle: false });
      const { initialEpoch } = checkpoints;
      await model.fit(xs, ys, { epochs, initialEpoch, batchSize: 4, shuffle: false, verbose: 0, callbacks: checkpoints });
      const weights = weightsOf(model);
      model.dispose();
      return weights;
    };
    const whole = await fit(memoryStore(), 3, false);
    const store = memoryStore();
    expect(await fit(store, 1, false)).not.toEqual(whole);
    expect(await fit(store, 3, true)).toEqual(whole);
    tf.dispose([xs, ys]);
  });
});

import { registerKerasLayers, RandomCrop, RandomFlip, RandomRotation } from '@downhill/augmentation/keras-layers';
import { batches, memoryStore, softmaxCrossEntropy, train, type ArrayData, type CheckpointStore } from '@downhill/training';
import * as tf from '@tensorflow/tfjs-core';
import { layers, sequential, type LayersModel } from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, test } from 'vitest';
import { useBackend } from './use-backend.ts';

const SIDE = 8;
const EXAMPLES = 12;
const data: ArrayData = {
  xs: { values: Float32Array.from({ length: EXAMPLES * SIDE * SIDE }, (_, i) => ((i * 37) % 101) / 101), shape: [SIDE, SIDE, 1] },
  ys: { values: Int32Array.from({ length: EXAMPLES }, (_, i) => i % 2), shape: [] },
};

const net = (): LayersModel =>
  sequential({
    layers: [
      new RandomFlip({ inputShape: [SIDE, SIDE, 1] }),
      new RandomRotation({ factor: 0.1 }),
      new RandomCrop({ height: 6, width: 6 }),
      layers.flatten(),
      layers.dense({ units: 2 }),
    ],
  });

/** Three epochs of three steps, ended early after some steps. */
async function run({
  store,
  seed = 1,
  endAfter = Infinity,
}: {
  store: CheckpointStore;
  seed?: number;
  endAfter?: number;
}): Promise<number[][]> {
  const model = net();
  const optimizer = tf.train.momentum(0.1, 0.9);
  const ending = new AbortController();
  await train({
    model,
    optimizer,
    loss: softmaxCrossEntropy,
    batches: batches(data, { batchSize: 4, shuffle: 3 }),
    epochs: 3,
    seed,
    checkpoints: { store, everySteps: 1, resume: endAfter === Infinity },
    signal: ending.signal,
    onEvent: (event) => {
      if (event.type === 'step' && event.step >= endAfter) ending.abort();
    },
  });
  const weights = model.weights.map((weight) => [...weight.read().dataSync()]);
  model.dispose();
  optimizer.dispose();
  return weights;
}

describe.each(['cpu', 'wasm'] as const)("Keras's layers in the training loop on %s", (backend) => {
  beforeAll(async () => {
    await useBackend(backend);
    registerKerasLayers();
  });

  test('learn from other images for another seed, and from the same ones for the same', async () => {
    const weights = await run({ store: memoryStore() });
    expect(await run({ store: memoryStore() })).toEqual(weights);
    expect(await run({ store: memoryStore(), seed: 2 })).not.toEqual(weights);
  });

  test('go on with the same images in a run that is resumed within an epoch', async () => {
    const store = memoryStore();
    const half = await run({ store, endAfter: 4 });
    const whole = await run({ store: memoryStore() });
    expect(half).not.toEqual(whole);
    expect(await run({ store })).toEqual(whole);
  });
});

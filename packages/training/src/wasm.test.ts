import { add, memoryStore, mul, transform, type Transform, zeros } from '@downhill/core';
import { optimizer } from '@downhill/tfjs';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import { layers, sequential, type Sequential } from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, test } from 'vitest';
import { batches, type BatchSource } from './batches.ts';
import { accuracy, softmaxCrossEntropy } from './losses.ts';
import { train } from './train.ts';
import type { TrainOptions } from './train-options.ts';

const momentum = (learningRate: number): Transform =>
  transform({
    name: 'momentum',
    config: { learningRate },
    slots: { m: zeros },
    scalars: () => ({ learningRate }),
    update(g, { slots: { m }, scalars }) {
      const next = add(mul(m, 0.9), g);
      return { update: mul(next, scalars.learningRate), slots: { m: next } };
    },
  });

function source(): BatchSource {
  const values = Float32Array.from({ length: 60 * 8 }, (_, i) => Math.sin(i * 12.9898) + (i % 8 === Math.floor(i / 8) % 3 ? 1 : 0));
  const labels = Int32Array.from({ length: 60 }, (_, i) => i % 3);
  return batches({ xs: { values, shape: [8] }, ys: { values: labels, shape: [] } }, { batchSize: 8, shuffle: 7 });
}

function net(): Sequential {
  return sequential({ layers: [layers.dense({ units: 16, inputShape: [8], activation: 'tanh' }), layers.dense({ units: 3 })] });
}

async function run(options: Partial<TrainOptions>): Promise<number[]> {
  const before = tf.memory().numTensors;
  const model = net();
  await train({
    model,
    loss: softmaxCrossEntropy,
    metrics: { accuracy },
    batches: source(),
    epochs: 3,
    seed: 1,
    ...(options.optimizer === undefined ? { transform: momentum(0.05) } : {}),
    ...options,
  });
  const weights = model.weights.flatMap((weight) => [...weight.read().dataSync()]);
  model.dispose();
  options.optimizer?.dispose();
  expect(tf.memory().numTensors).toBe(before);
  return weights;
}

describe('train on wasm', () => {
  beforeAll(() => tf.setBackend('wasm'));

  test('a fused step, in place, gives what a step of tfjs operations gives', async () => {
    const fused = await run({});
    const byOperations = await run({ optimizer: optimizer(momentum(0.05), { execution: 'ops' }) });
    fused.forEach((weight, i) => expect(weight).toBeCloseTo(byOperations[i]!, 4));
  });

  test('the same seed gives the same bits, another seed others', async () => {
    const first = await run({});
    expect(await run({})).toEqual(first);
    expect(await run({ seed: 2 })).not.toEqual(first);
  });

  test.each([3, 8, 17])('resumed at step %i, in a model built anew, gives the bits of an uninterrupted run', async (step) => {
    const whole = await run({});
    const store = memoryStore();
    const stop = new AbortController();
    await run({
      checkpoints: { store, everySteps: 2 },
      signal: stop.signal,
      onEvent: (event) => event.type === 'step' && event.step === step && stop.abort(),
    });
    expect(await run({ checkpoints: { store, resume: true } })).toEqual(whole);
  });

  test('a rule that evaluates the loss again gets the loss, and its hooks no promise of gradients', async () => {
    const twice = transform({
      name: 'twice',
      config: {},
      gradients({ evaluate }) {
        tf.dispose(evaluate().gradients as tf.NamedTensorMap);
        return evaluate().gradients;
      },
      update: (g) => mul(g, 0.1),
    });
    const once = transform({ name: 'once', config: {}, update: (g) => mul(g, 0.1) });
    expect(await run({ transform: twice })).toEqual(await run({ transform: once }));
    const hooks = [{ kind: 'hook', name: 'norms', onGradients: () => {} } as const];
    const model = net();
    await expect(train({ model, loss: softmaxCrossEntropy, transform: twice, batches: source(), epochs: 1, hooks })).rejects.toMatchObject({
      code: 'unsupported',
      message: expect.stringContaining('norms'),
    });
    model.dispose();
  });

  test('another seed than the checkpoint is refused', async () => {
    const store = memoryStore();
    await run({ epochs: 1, checkpoints: { store } });
    await expect(
      train({
        model: net(),
        loss: softmaxCrossEntropy,
        transform: momentum(0.05),
        batches: source(),
        epochs: 1,
        seed: 2,
        checkpoints: { store, resume: true },
      }),
    ).rejects.toMatchObject({
      code: 'state-mismatch',
      message: expect.stringContaining('seed 1, not 2'),
    });
  });
});

import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { layers, sequential, type Sequential } from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, test } from 'vitest';
import { randomNormal } from './index.ts';
import { reestimateBatchNorm, type InputBatches, seedModel } from './layers.ts';

const EXAMPLES = 23;
const data = (): tf.Tensor => randomNormal([EXAMPLES, 4, 4, 2], { seed: 3, mean: 1, standardDeviation: 2 });

const inBatchesOf = (size: number, from: () => tf.Tensor = data): InputBatches => ({
  *batches() {
    const all = from();
    for (let begin = 0; begin < EXAMPLES; begin += size) {
      const count = Math.min(size, EXAMPLES - begin);
      yield { xs: tf.slice(all, begin, count), ys: tf.zeros([count]) };
    }
    all.dispose();
  },
});

function net(): Sequential {
  const inner = sequential({ layers: [layers.conv2d({ filters: 3, kernelSize: 3, inputShape: [4, 4, 2] }), layers.batchNormalization()] });
  const model = sequential({
    layers: [
      inner,
      layers.activation({ activation: 'relu' }),
      layers.flatten(),
      layers.dropout({ rate: 0.5 }),
      layers.dense({ units: 5 }),
      layers.batchNormalization({ scale: false, epsilon: 1e-5 }),
    ],
  });
  seedModel(model, 1);
  return model;
}

const statistics = (model: Sequential): number[] =>
  model.weights.filter(({ originalName }) => originalName.includes('moving')).flatMap((weight) => [...weight.read().dataSync()]);

const outputs = (model: Sequential): tf.Tensor => tf.tidy(() => model.predict(data()) as tf.Tensor);

const largest = (x: tf.Tensor): number => tf.tidy(() => tf.max(tf.abs(x)).dataSync()[0]!);

// `scale: false` fails in tfjs's own training pass only; here it is inference.
describe.each(['cpu', 'wasm'])('reestimateBatchNorm (%s)', (backend) => {
  beforeAll(async () => {
    await tf.setBackend(backend);
  });

  test('gives what the last layer puts out mean 0 and variance 1 over the whole set', async () => {
    const before = tf.memory().numTensors;
    const model = net();
    expect(await reestimateBatchNorm(model, inBatchesOf(5))).toBe(2);
    const { mean, variance } = tf.tidy(() => tf.moments(outputs(model), 0));
    expect(largest(mean)).toBeLessThan(2e-6);
    expect(tf.tidy(() => largest(tf.sub(variance, 1)))).toBeLessThan(1e-4); // epsilon over the smallest variance
    tf.dispose([mean, variance]);
    model.dispose();
    tf.disposeVariables();
    expect(tf.memory().numTensors).toBeLessThanOrEqual(before + 1); // tfjs's own constant
  });

  test('gives the same whatever the batch size', async () => {
    const model = net();
    const seen: number[][] = [];
    for (const size of [1, 4, EXAMPLES]) {
      await reestimateBatchNorm(model, inBatchesOf(size));
      seen.push(statistics(model));
    }
    // Float32 sums of up to 92 values, in other orders.
    for (const other of seen.slice(1))
      other.forEach((value, i) => expect(Math.abs(value - seen[0]![i]!)).toBeLessThan(5e-6 * (1 + Math.abs(value))));
    model.dispose();
  });

  test('at once, it is exact for the first layer, and for all of them where there is one batch', async () => {
    const [exact, quick, whole] = [net(), net(), net()];
    await reestimateBatchNorm(exact, inBatchesOf(6));
    await reestimateBatchNorm(quick, inBatchesOf(6), { passes: 'at once' });
    await reestimateBatchNorm(whole, inBatchesOf(EXAMPLES), { passes: 'at once' });
    const [a, b, c] = [statistics(exact), statistics(quick), statistics(whole)];
    a.slice(0, 6).forEach((value, i) => expect(b[i]).toBeCloseTo(value, 5));
    a.forEach((value, i) => expect(c[i]).toBeCloseTo(value, 5));
    expect(Math.max(...a.slice(6).map((value, i) => Math.abs(value - b[6 + i]!)))).toBeGreaterThan(1e-3);
    for (const model of [exact, quick, whole]) model.dispose();
  });

  test('keeps PyTorch’s variance where it is asked to', async () => {
    const [biased, unbiased] = [net(), net()];
    await reestimateBatchNorm(biased, inBatchesOf(6));
    await reestimateBatchNorm(unbiased, inBatchesOf(6), { unbiased: true });
    const last = (model: Sequential): number => statistics(model).at(-1)!;
    // Of the same inputs but for the earlier layer's own factor, 92/91.
    expect(last(unbiased) / last(biased)).toBeCloseTo(EXAMPLES / (EXAMPLES - 1), 1);
    expect(statistics(unbiased)[3]! / statistics(biased)[3]!).toBeCloseTo(92 / 91, 5);
    biased.dispose();
    unbiased.dispose();
  });

  test('leaves the statistics as they were, and no tensor, where it throws', async () => {
    const model = net();
    const [before, tensors] = [statistics(model), tf.memory().numTensors];
    const empty: InputBatches = { batches: () => [] };
    await expect(reestimateBatchNorm(model, empty)).rejects.toThrow(expect.objectContaining({ code: 'data-invalid' }));
    const broken = inBatchesOf(5, () => tf.tidy(() => tf.div(data(), 0)));
    await expect(reestimateBatchNorm(model, broken)).rejects.toThrow(expect.objectContaining({ code: 'non-finite' }));
    let calls = 0;
    const failsLater: InputBatches = {
      batches: (epoch) => {
        calls += 1;
        if (calls > 1) throw new Error('no more');
        return inBatchesOf(5).batches(epoch);
      },
    };
    await expect(reestimateBatchNorm(model, failsLater)).rejects.toThrow('no more');
    expect(statistics(model)).toEqual(before);
    expect(tf.memory().numTensors).toBe(tensors);
    model.dispose();
  });
});

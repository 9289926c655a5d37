import * as tf from '@tensorflow/tfjs-core';
import { layers, sequential, type Sequential } from '@tensorflow/tfjs-layers';
import { drawCounts, layerDraws } from '@downhill/tfjs';
import { seedModel } from '@downhill/tfjs/layers';
import { batches, meanSquaredError, softmaxCrossEntropy, train, type ArrayData } from '@downhill/training';
import { expect, test } from 'vitest';
import { onEachBackend } from '../../test/each-backend.ts';
import { net, points } from '../../test/small-run.ts';
import { checkText, overfitSmallSample } from '../index.ts';

const bits = (model: Sequential): number[] =>
  model.weights.flatMap((weight) => [...new Uint32Array(weight.read().dataSync().slice().buffer)]);

/** Counts its training forwards, and changes nothing. */
class Counting extends layers.Layer {
  static get className(): string {
    return 'CountingForwards';
  }
  private readonly draws = layerDraws(this, 0);
  override call(inputs: tf.Tensor | tf.Tensor[], { training }: { training?: boolean }): tf.Tensor {
    this.draws.next(training === true);
    return tf.clone([inputs].flat()[0]!);
  }
}

/** Inputs that say nothing, and labels that differ. */
const hopeless: ArrayData = { ...points(), xs: { values: new Float32Array(26 * 4), shape: [4] } };

onEachBackend('overfitting a small sample', () => {
  test('a healthy net learns it by heart, and is afterwards what it was, to the bit', async () => {
    const model = sequential({ layers: [layers.dense({ units: 32, inputShape: [4], activation: 'relu' }), layers.batchNormalization(), layers.dense({ units: 3 })] }); // prettier-ignore
    seedModel(model, 1);
    const [before, tensors] = [bits(model), tf.memory().numTensors];
    const found = await overfitSmallSample({ model, loss: softmaxCrossEntropy, data: points() });
    expect(found).toMatchObject({ verdict: 'ok', numbers: { examples: 16, attempts: 1 } });
    expect(found.curve.at(-1)!).toBeLessThan(0.05 * Math.log(3));
    expect(bits(model)).toEqual(before);
    expect(tf.memory().numTensors).toBe(tensors);
    model.dispose();
  });

  test('one that gets no information fails with every rate, and is put back, too', async () => {
    const model = net();
    seedModel(model, 1);
    const before = bits(model);
    const found = await overfitSmallSample({ model, loss: softmaxCrossEntropy, data: hopeless, steps: 40, learningRates: [1e-2, 1e-3] });
    expect(found).toMatchObject({ verdict: 'failed', numbers: { attempts: 2 } });
    expect(checkText(found)).toContain('does not learn');
    expect(bits(model)).toEqual(before);
    model.dispose();
  });

  test('one that has learned it already passes at once', async () => {
    const model = net();
    seedModel(model, 1);
    const [data, optimizer] = [points(6), tf.train.adam(0.03)];
    await train({ model, loss: softmaxCrossEntropy, optimizer, batches: batches(data, { batchSize: 6, shuffle: 1 }), epochs: 300 }); // prettier-ignore
    expect(await overfitSmallSample({ model, loss: softmaxCrossEntropy, data })).toMatchObject({ verdict: 'ok', numbers: { attempts: 1 } });
    optimizer.dispose();
    model.dispose();
  });

  test('reaching the mean of the targets is not learning them', async () => {
    const model = sequential({ layers: [layers.dense({ units: 1, inputShape: [1] })] });
    const targets = Float32Array.from({ length: 8 }, (_, i) => 100 + (i % 2));
    const data = { xs: { values: new Float32Array(8), shape: [1] }, ys: { values: targets, shape: [1] } };
    const optimizer = (): tf.Optimizer => tf.train.sgd(0.2);
    const found = await overfitSmallSample({ model, loss: meanSquaredError, data, optimizer, learningRates: [0.2], steps: 60 });
    expect(found).toMatchObject({ verdict: 'failed', numbers: { guess: expect.closeTo(0.25, 3), last: expect.closeTo(0.25, 3) } });
    model.dispose();
  });

  test('one that is blown up says so', async () => {
    const model = net();
    seedModel(model, 1);
    const found = await overfitSmallSample({ model, loss: softmaxCrossEntropy, data: points(), steps: 20, learningRates: [1], optimizer: () => tf.train.sgd(1e38) }); // prettier-ignore
    expect(found).toMatchObject({
      verdict: 'failed',
      numbers: { ratio: Infinity },
      advice: expect.stringMatching(/lower the learning rates/),
    });
    model.dispose();
  });

  test('an abort, and an error of the loss, leave the weights as they were', async () => {
    const model = net();
    seedModel(model, 1);
    const before = bits(model);
    const stop = new AbortController();
    stop.abort();
    await expect(overfitSmallSample({ model, loss: softmaxCrossEntropy, data: points(), signal: stop.signal })).rejects.toMatchObject({ code: 'aborted' }); // prettier-ignore
    let calls = 0;
    const failing = (ys: tf.Tensor, z: tf.Tensor): tf.Tensor => {
      if (++calls > 12) throw new Error('it fails');
      return softmaxCrossEntropy(ys, z);
    };
    await expect(overfitSmallSample({ model, loss: failing, data: points() })).rejects.toThrow('it fails');
    expect(bits(model)).toEqual(before);
    model.dispose();
  });

  test('draws of stochastic layers are not used up', async () => {
    const model = sequential({ layers: [layers.dense({ units: 16, inputShape: [4], activation: 'relu' }), new Counting({}), layers.dense({ units: 3 })] }); // prettier-ignore
    seedModel(model, 1);
    await overfitSmallSample({ model, loss: softmaxCrossEntropy, data: points(), steps: 5, learningRates: [1e-3] });
    expect(Object.values(drawCounts(model))).toEqual([0]);
    model.dispose();
  });
});

test.each([
  [{ examples: 0 }, /`examples`/],
  [{ learningRates: [] }, /`learningRates.length`/],
  [{ learningRates: [-1] }, /`learningRate`/],
  [{ step: 3 }, /Did you mean `steps`/],
])('options out of range are refused: %o', async (options, message) => {
  await expect(overfitSmallSample({ model: { variables: [], predict: () => tf.scalar(0) }, loss: softmaxCrossEntropy, data: points(), ...options } as never)).rejects.toMatchObject({ code: 'invalid-argument', message: expect.stringMatching(message) }); // prettier-ignore
});

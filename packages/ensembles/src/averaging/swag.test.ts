import { adamw } from '@downhill/optimizers';
import { seedModel } from '@downhill/tfjs/layers';
import { batches, captureWeights, meanSquaredError, memoryStore, train, type FunctionModel } from '@downhill/training';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { layers, sequential, type Sequential } from '@tensorflow/tfjs-layers';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { collectSwag, swagPosterior, swagPredictions, swagVariance, type SwagPosterior, type Weights } from '../index.ts';

const of = (...values: number[]): Weights =>
  new Map([['model/w', { dtype: 'float32', shape: [values.length], values: Float32Array.from(values) }]]);
const valuesIn = (weights: Weights): number[] => [...(weights.get('model/w')?.values ?? [])];

/** A posterior of weights that lie on a line, with a little noise across it. */
function along(maxRank: number): SwagPosterior {
  const posterior = swagPosterior({ maxRank });
  for (let i = 0; i < 40; i++) posterior.collect(of(1 + Math.sin(i), -2 + Math.sin(i) + 0.01 * Math.cos(3 * i)));
  return posterior;
}

const moments = (all: readonly (readonly number[])[]): { mean: number[]; covariance: number[][] } => {
  const mean = [0, 1].map((i) => all.reduce((sum, values) => sum + values[i]!, 0) / all.length);
  const covariance = [0, 1].map((i) =>
    [0, 1].map((j) => all.reduce((sum, values) => sum + (values[i]! - mean[i]!) * (values[j]! - mean[j]!), 0) / all.length),
  );
  return { mean, covariance };
};

describe('swagPosterior', () => {
  test('keeps mean and variance of what it collected, and as many deviations as its rank', () => {
    const all = [0, 1, 2, 3, 4].map((i) => [i * i, -i]);
    const posterior = swagPosterior({ maxRank: 3 });
    for (const values of all) posterior.collect(of(...values));
    const { mean, covariance } = moments(all);
    expect(valuesIn(posterior.mean())).toEqual(mean.map((value) => expect.closeTo(value, 6)));
    const its = posterior.moments.get('model/w')!;
    expect([...swagVariance(its)]).toEqual([0, 1].map((i) => expect.closeTo(covariance[i]![i]!, 10)));
    expect([posterior.snapshots, its.deviations.length]).toEqual([5, 3]);
  });

  test('samples spread as the equations say: half diagonal, half low rank', () => {
    const posterior = along(10);
    const its = posterior.moments.get('model/w')!;
    const variance = [...swagVariance(its)];
    const drawn = moments(Array.from({ length: 4000 }, (_, index) => valuesIn(posterior.sample({ seed: 1, index }))));
    const lowRank = (i: number, j: number): number => its.deviations.reduce((sum, column) => sum + column[i]! * column[j]!, 0) / (2 * 9);
    for (const i of [0, 1]) {
      expect(drawn.mean[i]).toBeCloseTo(valuesIn(posterior.mean())[i]!, 1);
      expect(drawn.covariance[i]![i]! / (variance[i]! / 2 + lowRank(i, i))).toBeCloseTo(1, 1);
    }
    expect(drawn.covariance[0]![1]! / lowRank(0, 1)).toBeCloseTo(1, 0);
  });

  test('SWAG-Diagonal spreads by the variances alone, and `scale` multiplies them', () => {
    const posterior = along(0);
    const drawn = moments(Array.from({ length: 4000 }, (_, index) => valuesIn(posterior.sample({ index, diagonal: true, scale: 4 }))));
    const variance = [...swagVariance(posterior.moments.get('model/w')!)];
    for (const i of [0, 1]) expect(drawn.covariance[i]![i]! / (4 * variance[i]!)).toBeCloseTo(1, 1);
    expect(Math.abs(drawn.covariance[0]![1]!)).toBeLessThan(0.15);
  });

  test('the same seed and index give the same sample, others another', () => {
    const posterior = along(5);
    const sample = posterior.sample({ seed: 2, index: 3 });
    expect(along(5).sample({ seed: 2, index: 3 })).toEqual(sample);
    for (const other of [
      { seed: 2, index: 4 },
      { seed: 3, index: 3 },
    ])
      expect(posterior.sample(other)).not.toEqual(sample);
    expect(valuesIn(posterior.sample({ scale: 0 }))).toEqual(valuesIn(posterior.mean()));
  });

  test('says what is wrong', () => {
    expect(() => swagPosterior({ maxRank: 1.5 })).toThrow('`maxRank` must be a whole number, at least 0, got 1.5');
    const posterior = swagPosterior();
    expect(() => posterior.sample()).toThrow('a sample needs at least 2 sets of weights');
    posterior.collect(of(1));
    expect(() => posterior.sample({ diagonal: true })).toThrow('a sample needs at least 2 sets of weights');
    expect(() => posterior.collect(of(1, 2))).toThrow(
      "set 2 is not built like the first one: its 'model/w' is float32 [2], not float32 [1]",
    );
    expect(() => posterior.collect(of(Number.POSITIVE_INFINITY))).toThrow(expect.objectContaining({ code: 'non-finite' }));
    posterior.collect(of(2));
    expect(() => posterior.sample({ scale: -1 })).toThrow('`scale` must be a finite number, at least 0, got -1');
    expect(posterior.snapshots).toBe(2);
  });
});

describe('SWAG of a model', () => {
  let before = 0;
  beforeAll(() => tf.setBackend('cpu'));
  beforeEach(() => {
    before = tf.memory().numTensors;
  });
  afterEach(() => {
    tf.disposeVariables();
    expect(tf.memory().numTensors - before, 'tensors that stay behind').toBe(0);
  });

  function net(): Sequential {
    const model = sequential({
      layers: [layers.dense({ units: 3, inputShape: [2] }), layers.batchNormalization(), layers.dense({ units: 1 })],
    });
    seedModel(model, 3);
    return model;
  }
  const wave = (length: number, from = 0): Float32Array => Float32Array.from({ length }, (_, i) => Math.sin((i + from) * 12.9898));
  const source = batches({ xs: { values: wave(32), shape: [2] }, ys: { values: wave(16, 50), shape: [1] } }, { batchSize: 4, shuffle: 5 });

  test('a hook collects the trained weights of each epoch from one on; a resumed run collects the same', async () => {
    const found: SwagPosterior[] = [];
    for (const stopAt of [undefined, 18]) {
      const store = memoryStore();
      const stop = new AbortController();
      for (const resume of stopAt === undefined ? [false] : [false, true]) {
        const model = net();
        const posterior = swagPosterior({ maxRank: 2 });
        const { step } = await train({
          model,
          loss: meanSquaredError,
          transform: adamw({ learningRate: 0.02 }),
          batches: source,
          epochs: 6,
          seed: 3,
          hooks: [collectSwag({ model, posterior, fromEpoch: 2 })],
          checkpoints: { store, resume },
          ...(resume ? {} : { signal: stop.signal }),
          onEvent: (event) => event.type === 'step' && event.step === stopAt && stop.abort(),
        });
        if (step === 24) found.push(posterior);
        model.dispose();
      }
    }
    const [whole, resumed] = found as [SwagPosterior, SwagPosterior];
    expect([whole.snapshots, [...whole.moments.keys()].length]).toEqual([4, 6]);
    expect(resumed.moments).toEqual(whole.moments);
    expect(resumed.sample({ seed: 4 })).toEqual(whole.sample({ seed: 4 }));
  });

  test('predictions are those of each sample, and their mean; the weights are back afterwards', async () => {
    const model = net();
    const own = await captureWeights(model);
    const posterior = swagPosterior();
    for (const factor of [0.9, 1, 1.2])
      posterior.collect(
        new Map([...(await captureWeights(model, { trainable: true }))].map(([name, its]) => [name, { ...its, values: Float32Array.from(its.values, (w) => w * factor) }])), // prettier-ignore
      );
    const xs = tf.tensor2d(wave(8), [4, 2]);
    const predict = (): { values: Float32Array; shape: [number, number] } =>
      tf.tidy(() => ({ values: (model.predict(xs) as tf.Tensor).dataSync().slice() as Float32Array, shape: [4, 1] }));
    const options = { samples: 5, seed: 1, reestimate: { batches: source } };
    const { mean, samples } = await swagPredictions(model, posterior, predict, options);
    expect(samples).toHaveLength(5);
    expect(samples[0]!.values).not.toEqual(samples[1]!.values);
    mean.values.forEach((value, i) =>
      expect(value).toBeCloseTo(
        samples.reduce((sum, { values }) => sum + values[i]! / 5, 0),
        6,
      ),
    );
    expect(await captureWeights(model)).toEqual(own);
    expect(await swagPredictions(model, posterior, predict, options)).toEqual({ mean, samples });
    tf.dispose(xs);
    model.dispose();
  });

  test('says what is wrong', async () => {
    const w = tf.tidy(() => tf.variable(tf.tensor1d([1]), true, 'w'));
    const model: FunctionModel = { variables: [w], predict: (x) => x as tf.Tensor };
    const posterior = swagPosterior();
    posterior.collect(of(1));
    posterior.collect(of(2));
    let columns = 0;
    const growing = () => ({ values: Float32Array.of(1), shape: [1, ++columns] as const });
    await expect(swagPredictions(model, posterior, growing)).rejects.toMatchObject({ code: 'shape-mismatch' });
    await expect(swagPredictions(model, posterior, growing, { samples: 0 })).rejects.toThrow(
      '`samples` must be a whole number, at least 1, got 0',
    );
    await expect(swagPredictions({ ...model, variables: [] }, posterior, growing)).rejects.toMatchObject({ code: 'state-mismatch' });
    expect(() => collectSwag({ model } as never)).toThrow('`posterior` must be given');
    expect(() => collectSwag({ model, posterior, everyEpochs: 0 })).toThrow('`everyEpochs` must be a whole number, at least 1, got 0');
    expect(w.dataSync()[0]).toBe(1);
  });
});

import { isDownhillError, schedule, type Schedule, type Transform } from '@downhill/core';
import { adam, sgd } from '@downhill/optimizers';
import { layerDraws, optimizer } from '@downhill/tfjs';
import { seedModel } from '@downhill/tfjs/layers';
import { batches, softmaxCrossEntropy, train, weightsHash, type ArrayData, type BatchSource, type FunctionModel } from '@downhill/training';
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { layers, sequential, type Sequential } from '@tensorflow/tfjs-layers';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { compareLearningRates, ratesAround } from './compare-learning-rates.ts';
import { learningRateRangeTest, type RangeTestOptions } from './learning-rate-range-test.ts';

/** Noise from the model's own counted draws, as a dropout of ours would add it. */
class CountedNoise extends layers.Layer {
  static get className(): string {
    return 'CountedNoise';
  }
  private readonly draws = layerDraws(this, 3);

  override computeOutputShape(shape: (number | null)[]): (number | null)[] {
    return shape;
  }

  override call(inputs: tf.Tensor | tf.Tensor[], { training = false }: { readonly training?: boolean }): tf.Tensor {
    const [x] = [inputs].flat() as [tf.Tensor];
    const draw = this.draws.next(training);
    return draw === undefined ? tf.clone(x) : tf.mul(x, 1 + 0.1 * (draw.forward % 5));
  }
}

function points(examples = 30): ArrayData {
  const values = Float32Array.from({ length: examples * 4 }, (_, i) => Math.sin(i * 12.9898) + (i % 4 === Math.floor(i / 4) % 3 ? 2 : 0));
  return { xs: { values, shape: [4] }, ys: { values: Int32Array.from({ length: examples }, (_, i) => i % 3), shape: [] } };
}

function net(): Sequential {
  const model = sequential({
    layers: [
      layers.dense({ units: 8, inputShape: [4], activation: 'tanh' }),
      layers.batchNormalization(),
      new CountedNoise({}),
      layers.dense({ units: 3 }),
    ],
  });
  seedModel(model, 1);
  return model;
}

const source = (): BatchSource => batches(points(), { batchSize: 8, shuffle: 7 });
const rule = (learningRate: Schedule): Transform => adam({ learningRate });
const caught = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  );

describe.each(['cpu', 'wasm'])('learning rates on %s', (backend) => {
  let before = 0;
  beforeAll(async () => {
    await tf.setBackend(backend);
  });
  beforeEach(() => {
    before = tf.memory().numTensors;
  });
  afterEach(() => {
    const left = tf.memory().numTensors - before;
    if (left !== 0) throw new Error(`${left} tensors stay behind`); // in no test
  });

  const tested = async (options: Partial<RangeTestOptions> = {}): ReturnType<typeof learningRateRangeTest> => {
    const model = net();
    try {
      return await learningRateRangeTest({ model, loss: softmaxCrossEntropy, transform: rule, batches: source(), ...options });
    } finally {
      model.dispose();
    }
  };

  test('sweeps the rates evenly in their logarithm, one batch each', async () => {
    const { rates } = await tested({ from: 1e-4, to: 1, steps: 8, divergence: 1e9 });
    expect(rates).toHaveLength(8);
    rates.forEach((rate, i) => expect(rate).toBeCloseTo(10 ** (-4 + i / 2), 10));
  });

  test('sweeps them evenly where that is asked for', async () => {
    const { rates } = await tested({ from: 0.1, to: 0.5, steps: 4, sweep: 'linear', divergence: 1e9 });
    rates.forEach((rate, i) => expect(rate).toBeCloseTo(0.1 + 0.1 * i, 10));
  });

  test('stops where the smoothed loss diverges', async () => {
    const transform = (learningRate: Schedule): Transform => sgd({ learningRate });
    const { losses, smoothed, stopped } = await tested({ transform, from: 1e-3, to: 1e6, steps: 60, beta: 0.5 });
    expect(stopped).toBe('diverged');
    expect(losses.length).toBeLessThan(60);
    const least = Math.min(...smoothed);
    expect(smoothed.at(-1)).toBeGreaterThan(4 * least);
    for (const earlier of smoothed.slice(0, -1)) expect(earlier).toBeLessThanOrEqual(4 * Math.max(...smoothed.slice(0, 1), least));
  });

  test('suggests rates at which the model learns', async () => {
    const { suggestions, svg } = await tested({ from: 1e-6, to: 10, steps: 80, beta: 0.9 });
    expect(suggestions?.valley).toBeGreaterThan(1e-5);
    expect(suggestions?.valley).toBeLessThan(1);
    expect(suggestions?.minimum).toBeCloseTo((suggestions?.minimumAt ?? 0) / 10, 12);
    expect(svg).toContain('valley');
  });

  test('stops at a loss that is not finite, and puts the weights back', async () => {
    const weight = tf.tidy(() => tf.variable(tf.scalar(1)));
    const model: FunctionModel = { variables: [weight], predict: (x) => tf.mul(x as tf.Tensor, weight) };
    const loss = (_: tf.Tensor, y: tf.Tensor): tf.Tensor => tf.exp(tf.neg(tf.mul(y, 1e3)));
    const transform = (learningRate: Schedule): Transform => sgd({ learningRate });
    const data: ArrayData = { xs: { values: Float32Array.of(-1, -1), shape: [] }, ys: { values: Float32Array.of(0, 0), shape: [] } };
    const result = await learningRateRangeTest({ model, loss, transform, batches: batches(data, { shuffle: false }), steps: 5 });
    expect(result.stopped).toBe('not finite');
    expect(result.losses).toEqual([Infinity]);
    expect(result.suggestions).toBeUndefined();
    expect(weight.dataSync()[0]).toBe(1);
    tf.dispose(weight);
  });

  const secondEpoch = async (between: (model: Sequential) => Promise<unknown>): Promise<string> => {
    const model = net();
    const learner = optimizer(adam({ learningRate: schedule({ name: 'falling', config: {}, at: (step) => 0.1 / (1 + step) }) }));
    const epoch = (): Promise<unknown> => train({ model, loss: softmaxCrossEntropy, optimizer: learner, batches: source(), epochs: 1 });
    try {
      await epoch();
      await between(model);
      await epoch();
      return await weightsHash(model);
    } finally {
      learner.dispose();
      model.dispose();
    }
  };
  const rateTest = (model: Sequential, options: Partial<RangeTestOptions> = {}): Promise<unknown> =>
    learningRateRangeTest({ model, loss: softmaxCrossEntropy, transform: rule, batches: source(), steps: 13, ...options });

  test('leaves no trace: training after it gives the bits that it gives without it', async () => {
    expect(await secondEpoch((model) => rateTest(model))).toBe(await secondEpoch(async () => {}));
  });

  test('leaves none either where it breaks off with an error or by its signal', async () => {
    const undisturbed = await secondEpoch(async () => {});
    const breaking = {
      ...source(),
      *batches(epoch: number): Iterable<never> {
        for (const batch of source().batches(epoch) as Iterable<never>) yield batch;
        throw new Error('the data is gone');
      },
    };
    const broken = await secondEpoch(async (model) =>
      expect(await caught(rateTest(model, { batches: breaking }))).toHaveProperty('message', 'the data is gone'),
    );
    expect(broken).toBe(undisturbed);
    const controller = new AbortController();
    const loss = (ys: tf.Tensor, predictions: tf.Tensor): tf.Tensor => {
      controller.abort();
      return softmaxCrossEntropy(ys, predictions);
    };
    const aborted = await secondEpoch(async (model) => {
      const error = await caught(rateTest(model, { loss, signal: controller.signal }));
      expect(isDownhillError(error) && error.code).toBe('aborted');
    });
    expect(aborted).toBe(undisturbed);
  });

  test.each([
    [{ from: 0 }, '`from` must be a finite number, above 0, got 0'],
    [{ to: 1e-9 }, '`to` must be a finite number, above 1e-7, got 1e-9'],
    [{ steps: 1 }, '`steps` must be a whole number, at least 2, got 1'],
    [{ beta: 1 }, '`beta` must be a finite number, at least 0 and below 1, got 1'],
    [{ divergence: 1 }, '`divergence` must be a finite number, above 1, got 1'],
    [{ sweep: 'cubic' }, "`sweep` must be one of 'exponential', 'linear'"],
    [{ transform: 0.1 }, '`transform` must be a function'],
    [{ smooth: 1 }, 'has no option `smooth`'],
  ])('refuses %j', async (options, message) => {
    expect(await caught(tested(options as Partial<RangeTestOptions>))).toMatchObject({
      code: 'invalid-argument',
      message: expect.stringContaining(message),
    });
  });

  test('rates side by side start alike, part, and leave no trace', async () => {
    const compare = async (model: Sequential): Promise<void> => {
      const transform = (learningRate: Schedule): Transform => sgd({ learningRate });
      const rates = ratesAround(0.1);
      const { curves, svg } = await compareLearningRates({
        model,
        loss: softmaxCrossEntropy,
        transform,
        batches: source(),
        rates,
        steps: 40,
      });
      expect(curves.map(({ name, rate }) => [name, rate])).toEqual(Object.entries(rates));
      expect(new Set(curves.map(({ losses }) => losses[0])).size).toBe(1);
      const [low = Infinity, good = Infinity] = curves.map(({ smoothed }) => smoothed.at(-1));
      expect(good).toBeLessThan(0.8 * low);
      for (const { name } of curves) expect(svg).toContain(name);
    };
    expect(await secondEpoch(compare)).toBe(await secondEpoch(async () => {}));
  });

  test.each([
    [{}, '`rates` must be an object of at least one rate'],
    [{ good: -1 }, '`good` must be a finite number, above 0, got -1'],
  ])('refuses to compare %j', async (rates, message) => {
    const model = net();
    const error = await caught(compareLearningRates({ model, loss: softmaxCrossEntropy, transform: rule, batches: source(), rates }));
    model.dispose();
    expect(error).toMatchObject({ code: 'invalid-argument', message: expect.stringContaining(message) });
  });
});

import { randomNormal } from '@downhill/tfjs';
import { seedModel } from '@downhill/tfjs/layers';
import { softmaxCrossEntropy } from '@downhill/training';
import * as tf from '@tensorflow/tfjs-core';
import { layers, regularizers, sequential, type LayersModel, type Sequential } from '@tensorflow/tfjs-layers';
import { describe, expect, test } from 'vitest';
import { onEachBackend } from '../../test/each-backend.ts';
import { gradientError } from '../../test/finite-differences.ts';
import { movingStatistics, normalizeBatch, spectralNormalization, weightStandardization } from '../index.ts';
import { SpectralNormalization, WeightStandardization } from '../layers.ts';

const kernel = (shape: number[] = [3, 2, 2, 4]): tf.Tensor => randomNormal(shape, { seed: 2 });
/** Makes each output's gradient another. */
const weighted = (y: tf.Tensor): tf.Tensor => tf.mul(y, randomNormal(y.shape, { seed: 9 }));

onEachBackend('weightStandardization', () => {
  test.each(['qiao', 'biased'] as const)('%s has the gradient of its values', (kind) => {
    const w = kernel();
    expect(gradientError((x) => weighted(weightStandardization(x, { kind, epsilon: 0.1 })), w)).toBeLessThan(1e-3);
    w.dispose();
  });

  test('gives each output mean 0 and variance 1, by its own count', () => {
    tf.tidy(() => {
      const rows = (options: Parameters<typeof weightStandardization>[1]): tf.Tensor =>
        tf.reshape(weightStandardization(kernel(), options), [12, 4]);
      for (const [options, divisor] of [
        [{ epsilon: 0 }, 11],
        [{ kind: 'biased', epsilon: 0 }, 12],
      ] as const) {
        const y = rows(options);
        for (const mean of tf.mean(y, 0).dataSync()) expect(mean).toBeCloseTo(0, 6);
        for (const sum of tf.sum(tf.square(y), 0).dataSync()) expect(sum).toBeCloseTo(divisor, 4);
      }
    });
  });

  test('makes zeros of equal weights, with a finite gradient', () => {
    tf.tidy(() => {
      const w = tf.ones([4, 2]);
      const { value, grad } = tf.valueAndGrad((x: tf.Tensor) => tf.sum(weighted(weightStandardization(x))))(w);
      expect(value.dataSync()[0]).toBeCloseTo(0, 6);
      expect(grad.dataSync().every(Number.isFinite)).toBe(true);
    });
  });
});

/** The largest singular value of a kernel. */
const largestSingularValue = (w: tf.Tensor): number => {
  const u = tf.ones([w.shape.at(-1)!]);
  return tf.tidy(() => spectralNormalization(w, { u, iterations: 200 }).sigma.dataSync()[0]!);
};

onEachBackend('spectralNormalization', () => {
  test('has the gradient of its values where the vectors have converged', () => {
    // Then u and v are those of the largest singular value, and the derivative of σ by them is 0.
    const [w, u] = [kernel([6, 4]), tf.ones([4])];
    const converged = (x: tf.Tensor): tf.Tensor => weighted(spectralNormalization(x, { u, iterations: 60 }).kernel);
    expect(gradientError(converged, w)).toBeLessThan(2e-3);
    tf.dispose([w, u]);
  });

  test('leaves a kernel whose largest singular value is 1', () => {
    tf.tidy(() => {
      const { kernel: normalized } = spectralNormalization(kernel(), { u: tf.ones([4]), iterations: 100 });
      expect(largestSingularValue(normalized)).toBeCloseTo(1, 5);
    });
  });

  test('goes on where it was: one step twice is two steps', () => {
    tf.tidy(() => {
      const w = kernel();
      const once = spectralNormalization(w, { u: tf.ones([4]) });
      const twice = spectralNormalization(w, { u: once.u });
      const both = spectralNormalization(w, { u: tf.ones([4]), iterations: 2 });
      expect(twice.sigma.dataSync()[0]).toBeCloseTo(both.sigma.dataSync()[0]!, 5);
    });
  });

  test('leaves its four tensors and no other', () => {
    const [w, u] = [kernel(), tf.ones([4])];
    const before = tf.memory().numTensors;
    const result = spectralNormalization(w, { u });
    expect(tf.memory().numTensors).toBe(before + 4);
    tf.dispose([w, u]);
    tf.dispose({ ...result });
  });

  test('leaves a kernel of zeros as it is', () => {
    tf.tidy(() => {
      expect([...spectralNormalization(tf.zeros([2, 2]), { u: tf.ones([2]) }).kernel.dataSync()]).toEqual([0, 0, 0, 0]);
    });
  });
});

onEachBackend('normalizeBatch', () => {
  const [gamma, beta] = [[1.5, -0.5], [0.2, 1]]; // prettier-ignore
  const [g, b] = [() => tf.tensor1d(gamma), () => tf.tensor1d(beta)];

  test('has the gradients of its values', () => {
    const x = randomNormal([3, 2, 2, 2], { seed: 4 });
    const [scale, offset] = [g(), b()];
    const y = (z: tf.Tensor, of = scale, at = offset): tf.Tensor => weighted(normalizeBatch(z, { gamma: of, beta: at }).y);
    expect(gradientError((z) => y(z), x)).toBeLessThan(1e-3);
    expect(gradientError((z) => y(x, z as tf.Tensor1D), scale)).toBeLessThan(1e-3);
    expect(gradientError((z) => y(x, scale, z as tf.Tensor1D), offset)).toBeLessThan(1e-3);
    tf.dispose([x, scale, offset]);
  });

  test('and movingStatistics do what tfjs’s layer does in training', () => {
    const model = sequential({ layers: [layers.batchNormalization({ inputShape: [2, 2, 2], momentum: 0.8, epsilon: 1e-2 })] });
    tf.tidy(() => {
      const layer = model.layers[0]!;
      layer.setWeights([g(), b(), tf.zeros([2]), tf.ones([2])]);
      const x = randomNormal([3, 2, 2, 2], { seed: 4, mean: 2 });
      const theirs = model.apply(x, { training: true }) as tf.Tensor;
      const { y, ...batch } = normalizeBatch(x, { gamma: g(), beta: b(), epsilon: 1e-2 });
      theirs.dataSync().forEach((value, i) => expect(y.dataSync()[i]).toBeCloseTo(value, 5));
      const { mean, variance } = movingStatistics({ mean: tf.zeros([2]), variance: tf.ones([2]) }, batch, { momentum: 0.8 });
      const [, , movingMean, movingVariance] = layer.getWeights().map((weight) => weight.dataSync());
      mean.dataSync().forEach((value, i) => expect(movingMean![i]).toBeCloseTo(value, 6));
      variance.dataSync().forEach((value, i) => expect(movingVariance![i]).toBeCloseTo(value, 6));
    });
    model.dispose();
  });

  test('needs neither scale nor offset, without which tfjs’s layer throws in training', () => {
    const x = randomNormal([3, 2, 2, 2], { seed: 4, mean: 2 });
    tf.tidy(() => {
      const plain = normalizeBatch(x, { gamma: tf.ones([2]), beta: tf.zeros([2]) }).y.dataSync();
      expect(normalizeBatch(x).y.dataSync()).toEqual(plain);
      expect(gradientError((z) => weighted(normalizeBatch(z, { beta: b() }).y), x)).toBeLessThan(1e-3);
    });
    x.dispose();
    for (const without of [{ scale: false }, { center: false }]) {
      const model = sequential({ layers: [layers.batchNormalization({ inputShape: [2], ...without })] });
      expect(() => tf.tidy(() => void model.apply(tf.ones([2, 2]), { training: true }))).toThrow(TypeError);
      model.dispose();
    }
  });
});

type Wrapped = (layer: layers.Layer) => layers.Layer;
const wrappers: readonly [string, Wrapped][] = [
  ['WeightStandardization', (layer) => new WeightStandardization({ layer, kind: 'biased', epsilon: 1e-3 })],
  ['SpectralNormalization', (layer) => new SpectralNormalization({ layer, powerIterations: 2, seed: 5 })],
];

/** On wasm without a convolution, whose filter gradient tfjs's own backend lacks. */
function net(wrap: Wrapped, convolution = true): Sequential {
  const kernelRegularizer = regularizers.l2({ l2: 0.01 });
  const model = sequential({
    layers: [
      layers.inputLayer({ inputShape: [6, 4] }),
      wrap(
        convolution
          ? layers.conv1d({ filters: 5, kernelSize: 3, activation: 'relu', kernelRegularizer })
          : layers.dense({ units: 5, activation: 'relu', kernelRegularizer }),
      ),
      layers.flatten(),
      wrap(layers.dense({ units: 3, useBias: false })),
    ],
  });
  seedModel(model, 7);
  return model;
}

const outputOf = (model: LayersModel, training = false): number[] =>
  tf.tidy(() => [...(model.apply(randomNormal([4, 6, 4], { seed: 1 }), { training }) as tf.Tensor).dataSync()]);

onEachBackend('the layers around a layer', (backend) => {
  test.each(wrappers)('%s is the inner layer with the kernel of the function', (name, wrap) => {
    const model = sequential({ layers: [layers.inputLayer({ inputShape: [4] }), wrap(layers.dense({ units: 3 }))] });
    const layer = model.layers.at(-1)!;
    seedModel(model, 3);
    tf.tidy(() => {
      const x = randomNormal([2, 4], { seed: 1 });
      const w = layer.weights.find(({ originalName }) => originalName.endsWith('kernel'))!.read();
      const u = layer.weights.at(-1)!.read();
      const used =
        name === 'SpectralNormalization'
          ? spectralNormalization(w, { u, iterations: 0 }).kernel
          : weightStandardization(w, { kind: 'biased', epsilon: 1e-3 });
      const expected = tf.matMul(x as tf.Tensor2D, used as tf.Tensor2D).dataSync();
      (model.predict(x) as tf.Tensor).dataSync().forEach((value, i) => expect(value).toBeCloseTo(expected[i]!, 5));
    });
    model.dispose();
  });

  test.each(wrappers)('%s trains, with the regularizer of its inner layer, and leaks nothing', async (_, wrap) => {
    const convolution = backend === 'cpu';
    const model = net(wrap, convolution);
    const [first, flat] = convolution ? [[3, 4, 5], 20] : [[4, 5], 30];
    expect(model.trainableWeights.map(({ shape }) => shape)).toEqual([first, [5], [flat, 3]]); // prettier-ignore
    model.compile({ loss: softmaxCrossEntropy, optimizer: tf.train.adam(0.05) });
    expect(tf.tidy(() => model.calculateLosses().length)).toBe(1);
    const [xs, ys] = tf.tidy(() => [
      randomNormal([12, 6, 4], { seed: 1 }),
      tf.oneHot(
        Array.from({ length: 12 }, (_, i) => i % 3),
        3,
      ),
    ]);
    await model.fit(xs!, ys!, { epochs: 1, verbose: 0 });
    const before = tf.memory().numTensors;
    const { history } = await model.fit(xs!, ys!, { epochs: 30, shuffle: false, verbose: 0 });
    expect(tf.memory().numTensors).toBe(before);
    const losses = history.loss as number[];
    expect(losses.at(-1)).toBeLessThan(0.7 * losses[0]!);
    tf.dispose([xs, ys]);
    model.dispose();
  });

  test('SpectralNormalization moves its vector in training alone, until the kernel’s largest singular value is 1', () => {
    const model = net(wrappers[1]![1]);
    const layer = model.layers.find((each) => each.getClassName() === 'DownhillSpectralNormalization') as SpectralNormalization;
    const u = (): string => layer.weights.at(-1)!.read().dataSync().join();
    const first = u();
    outputOf(model);
    expect(u()).toBe(first);
    outputOf(model, true);
    expect(u()).not.toBe(first);
    for (let i = 0; i < 100; i++) outputOf(model, true);
    tf.tidy(() => {
      const w = layer.weights[0]!.read();
      const { kernel: used } = spectralNormalization(w, { u: layer.weights.at(-1)!.read(), iterations: 0 });
      expect(largestSingularValue(used)).toBeCloseTo(1, 4);
    });
    model.dispose();
  });

  test('has the same first vector for the same seed, whatever was built before', () => {
    const [a, b] = [net(wrappers[1]![1]), net(wrappers[1]![1])];
    expect(outputOf(b, true)).toEqual(outputOf(a, true));
    a.dispose();
    b.dispose();
  });
});

describe('bad input', () => {
  test.each([
    [() => weightStandardization(tf.ones([1, 4])), 'shape-mismatch', '[1, 4]'],
    [() => weightStandardization(tf.ones([2, 2]), { epsilon: -1 }), 'invalid-argument', '`epsilon`'],
    [() => weightStandardization(tf.ones([2, 2]), { kind: 'other' as never }), 'invalid-argument', '`kind`'],
    [() => spectralNormalization(tf.ones([2, 3]), { u: tf.ones([2]) }), 'shape-mismatch', '`u`'],
    [() => spectralNormalization(tf.ones([2, 3]), { u: tf.ones([3]), iterations: -1 }), 'invalid-argument', '`iterations`'],
    [() => normalizeBatch(tf.ones([2, 3]), { gamma: tf.ones([2]), beta: tf.ones([3]) }), 'shape-mismatch', '`gamma`'],
    [() => normalizeBatch(tf.ones([2, 3]), { gamma: tf.ones([3]), beta: tf.ones([3]), epsilon: 0 }), 'invalid-argument', '`epsilon`'],
    [
      () =>
        movingStatistics({ mean: tf.ones([1]), variance: tf.ones([1]) }, { mean: tf.ones([1]), variance: tf.ones([1]) }, { momentum: 2 }),
      'invalid-argument',
      '`momentum`',
    ],
    [() => new WeightStandardization({ layer: layers.flatten() }), 'unsupported', 'Flatten'],
    [() => new SpectralNormalization({ layer: layers.dense({ units: 1 }), powerIterations: 0 }), 'invalid-argument', '`powerIterations`'],
  ])('%o is refused', (call, code, text) => {
    tf.tidy(() => {
      expect(call).toThrow(expect.objectContaining({ code, message: expect.stringContaining(text) }));
    });
  });
});

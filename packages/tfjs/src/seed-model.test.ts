import '@tensorflow/tfjs-backend-cpu';
import { memory, tidy, type serialization, type Tensor } from '@tensorflow/tfjs-core';
import { initializers, layers, loadLayersModel, sequential, type LayersModel } from '@tensorflow/tfjs-layers';
import { describe, expect, test } from 'vitest';
import { placeOf, registerLayers, seededInitializer, seedModel } from './layers.ts';

const weightsOf = (model: LayersModel): number[][] => model.getWeights().map((weight) => [...weight.dataSync()]);

function net(): LayersModel {
  const inner = sequential({
    layers: [layers.dense({ units: 3, inputShape: [4], kernelInitializer: 'heNormal' }), layers.batchNormalization()],
  });
  return sequential({
    layers: [
      layers.embedding({ inputDim: 10, outputDim: 4, inputLength: 5 }),
      layers.bidirectional({
        layer: layers.lstm({ units: 2, returnSequences: true, recurrentInitializer: 'heUniform' }) as never,
        mergeMode: 'concat',
      }),
      layers.conv1d({ filters: 4, kernelSize: 3 }),
      layers.globalAveragePooling1d({}),
      inner,
      layers.dense({ units: 2, kernelInitializer: initializers.randomNormal({ stddev: 0.1 }) }),
    ],
  });
}

describe('seedModel', () => {
  test('gives a model that is built twice the same weights, whatever was built before', () => {
    const [a, b] = [net(), net()];
    expect(weightsOf(a)).not.toEqual(weightsOf(b));
    seedModel(a, 3);
    seedModel(b, 3);
    expect(weightsOf(b)).toEqual(weightsOf(a));
    seedModel(b, 4);
    expect(weightsOf(b)).not.toEqual(weightsOf(a));
  });

  test('gives two layers of one shape different weights', () => {
    const model = sequential({ layers: [layers.dense({ units: 3, inputShape: [3] }), layers.dense({ units: 3 })] });
    seedModel(model, 1);
    const [first, , second] = weightsOf(model);
    expect(first).not.toEqual(second);
  });

  test('keeps to the distribution that each layer asked for', () => {
    const model = sequential({
      layers: [
        layers.dense({ units: 50, inputShape: [100], kernelInitializer: 'glorotUniform' }),
        layers.dense({ units: 50, kernelInitializer: initializers.constant({ value: 0.5 }) }),
      ],
    });
    seedModel(model, 1);
    const [kernel = [], bias = [], constant = []] = weightsOf(model);
    const limit = Math.sqrt(6 / 150);
    expect(Math.max(...kernel)).toBeLessThanOrEqual(limit);
    expect(Math.max(...kernel)).toBeGreaterThan(0.95 * limit);
    expect(new Set(bias)).toEqual(new Set([0]));
    expect(new Set(constant)).toEqual(new Set([0.5]));
  });

  test('tells each layer its place, through nested models', () => {
    const model = net();
    seedModel(model, 1);
    expect(model.layers.map(placeOf)).toEqual([0, 1, 2, 3, undefined, 6]);
  });

  test('leaves no tensor behind, and changes nothing when it throws', () => {
    const model = sequential({
      layers: [layers.dense({ units: 2, inputShape: [2] }), layers.dense({ units: 2, kernelInitializer: own() })],
    });
    const [before, tensors] = [weightsOf(model), memory().numTensors];
    expect(() => seedModel(model, 1)).toThrow(
      expect.objectContaining({ code: 'unsupported', message: expect.stringContaining('OwnInitializer') }),
    );
    expect(weightsOf(model)).toEqual(before);
    expect(() => seedModel(model, Number.NaN)).toThrow(expect.objectContaining({ code: 'invalid-argument' }));
    expect(memory().numTensors).toBe(tensors);
  });

  test('draws from seeded initializers as well', () => {
    const make = () =>
      sequential({
        layers: [layers.dense({ units: 4, inputShape: [4], kernelInitializer: seededInitializer({ name: 'orthogonal', seed: 1 }) })],
      });
    const [a, b] = [make(), make()];
    seedModel(a, 9);
    seedModel(b, 9);
    expect(weightsOf(a)).toEqual(weightsOf(b));
  });
});

function own(): ReturnType<typeof initializers.zeros> {
  const zeros = initializers.zeros();
  return Object.assign(Object.create(Object.getPrototypeOf(Object.getPrototypeOf(zeros)) as object), {
    apply: (shape: number[]): Tensor => tidy(() => zeros.apply(shape)),
    getClassName: () => 'OwnInitializer',
  }) as ReturnType<typeof initializers.zeros>;
}

describe('seededInitializer', () => {
  test('draws anew at each call, and the same again from the start', () => {
    const draws = () => {
      const initializer = seededInitializer({ name: 'glorotNormal', seed: 5 });
      return [initializer.apply([2, 2]), initializer.apply([2, 2])].map((tensor) => [...tensor.dataSync()]);
    };
    const [first, second] = draws();
    expect(first).not.toEqual(second);
    expect(draws()).toEqual([first, second]);
  });

  test('is saved and loaded with its layer', async () => {
    registerLayers();
    const model = sequential({
      layers: [
        layers.dense({ units: 2, inputShape: [3], kernelInitializer: seededInitializer({ name: 'heUniform', seed: 5, gain: 0.5 }) }),
      ],
    });
    let saved: unknown;
    await model.save({
      save: (artifacts) =>
        Promise.resolve((saved = artifacts) && { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' as const } }),
    });
    const loaded = await loadLayersModel({ load: () => Promise.resolve(saved as never) });
    const config = (loaded.layers[0]!.getConfig() as { kernelInitializer: serialization.ConfigDict }).kernelInitializer;
    expect(config).toEqual({ className: 'DownhillInitializer', config: { name: 'heUniform', seed: 5, gain: 0.5, stream: 'initializer' } });
  });
});

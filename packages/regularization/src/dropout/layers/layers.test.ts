import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import { DownhillError, randomStream, register, streamKey } from '@downhill/core';
import { seedModel } from '@downhill/tfjs/layers';
import * as tf from '@tensorflow/tfjs-core';
import {
  input,
  layers,
  loadLayersModel,
  model as modelOf,
  sequential,
  type LayersModel,
  type SymbolicTensor,
} from '@tensorflow/tfjs-layers';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { registerLayers } from '../../layers.ts';
import { dropout, monteCarlo, rampUp } from '../index.ts';
import { ClassicDropout, DropBlock, DropConnect, Dropout, GaussianNoise, ShakeShake, SpatialDropout, StochasticDepth } from './index.ts';

tf.enableProdMode();
const SHAPE = [6, 6, 4];
const numbers = (tensor: tf.Tensor): number[] => [...tensor.dataSync()];

function noise(shape: number[], key = 0): tf.Tensor {
  const { normalAt } = randomStream(streamKey(key, 'noise'));
  return tf.tensor(
    Float32Array.from({ length: tf.util.sizeFromShape(shape) }, (_, i) => normalAt(i)),
    shape,
  );
}

/** A model in which the layer sees the input, or the input and its double. */
function modelWith(name: string, layer: layers.Layer): LayersModel {
  const x = input({ shape: SHAPE });
  const two = name.includes('ShakeShake') || name.includes('shortcut');
  const other = two ? [layers.add().apply([x, x]) as SymbolicTensor] : [];
  const y = layer.apply(two ? [x, ...other] : x) as SymbolicTensor;
  return modelOf({ inputs: x, outputs: y });
}

const run = (model: LayersModel, x: tf.Tensor, training: boolean): tf.Tensor => model.apply(x, { training }) as tf.Tensor;

async function savedAndLoaded(model: LayersModel): Promise<LayersModel> {
  let artifacts: tf.io.ModelArtifacts | undefined;
  await model.save(
    tf.io.withSaveHandler((saved) => {
      artifacts = saved;
      return Promise.resolve({ modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' } });
    }),
  );
  const modelTopology = JSON.parse(JSON.stringify(artifacts?.modelTopology)) as object; // as it comes from a file
  return loadLayersModel(tf.io.fromMemory({ ...artifacts, modelTopology }));
}

beforeAll(() => {
  registerLayers();
});

describe('layers', () => {
  beforeEach(() => tf.setBackend('cpu').then(() => undefined));

  test('take a rate that is a schedule of their training forwards, and keep it in model.json', async () => {
    register({ rampUp });
    const model = sequential({ layers: [new Dropout({ rate: rampUp({ to: 0.8, steps: 4 }), inputShape: [20_000] })] });
    const loaded = await savedAndLoaded(model);
    for (const each of [model, loaded]) {
      seedModel(each, 1);
      const shares = [0, 1, 2, 3, 4, 5].map(() =>
        tf.tidy(() => tf.mean(tf.equal(run(each, tf.ones([1, 20_000]), true), 0)).dataSync()[0]!),
      );
      [0, 0.2, 0.4, 0.6, 0.8, 0.8].forEach((rate, i) => expect(Math.abs(shares[i]! - rate)).toBeLessThan(6 * 0.0036));
    }
  });

  test('Dropout with shared noise is SpatialDropout where their axes are the same', () => {
    const [a, b] = [new Dropout({ rate: 0.4, noiseShape: [null, 1, 1, null] }), new SpatialDropout({ rate: 0.4 })].map((layer) =>
      modelWith('', layer),
    );
    for (const model of [a!, b!]) seedModel(model, 2);
    tf.tidy(() => {
      const [ours, spatial] = [a!, b!].map((model) => numbers(run(model, tf.ones([4, ...SHAPE]), true)));
      expect(ours).toEqual(spatial);
    });
  });

  test('StochasticDepth adds what is left of the branch to the shortcut', () => {
    const model = modelWith('shortcut', new StochasticDepth({ rate: 0.5 }));
    seedModel(model, 1);
    tf.tidy(() => {
      const x = tf.ones([50, ...SHAPE]);
      expect(new Set(numbers(run(model, x, true)))).toEqual(new Set([1, 5])); // 1, or 1 + 2 / ½
      expect(new Set(numbers(run(model, x, false)))).toEqual(new Set([3]));
    });
  });

  test('ClassicDropout scales down outside training', () => {
    const model = modelWith('ClassicDropout', new ClassicDropout({ rate: 0.25 }));
    tf.tidy(() => {
      expect(new Set(numbers(run(model, tf.ones([2, ...SHAPE]), false)))).toEqual(new Set([0.75]));
      expect(new Set(numbers(run(model, tf.ones([2, ...SHAPE]), true)))).toEqual(new Set([0, 1]));
    });
  });

  test('DropConnect drops the weights of the layer that it holds, and gives them back', () => {
    const dense = layers.dense({ units: 200, kernelInitializer: 'ones', biasInitializer: 'ones' });
    const layer = new DropConnect({ layer: dense, rate: 0.5, inputShape: [1] });
    const model = sequential({ layers: [layer] });
    seedModel(model, 1);
    const x = tf.ones([2, 1]);
    tf.tidy(() => {
      const [first, second] = tf.unstack(run(model, x, true));
      expect(new Set(numbers(first!))).toEqual(new Set([1, 3])); // the bias alone, or with the weight doubled
      expect(numbers(second!)).toEqual(numbers(first!)); // one mask a batch
      expect(new Set(numbers(run(model, x, false)))).toEqual(new Set([2]));
      const [kernel] = layer.trainableWeights;
      const variable = kernel!.read() as tf.Variable;
      seedModel(model, 1);
      const { grads } = tf.variableGrads(() => tf.sum(run(model, x, true)), [variable]);
      expect(new Set(numbers(grads[variable.name]!))).toEqual(new Set([0, 4])); // two examples, doubled where kept
      expect(numbers(grads[variable.name]!).map((g) => 1 + g / 2)).toEqual(numbers(first!));
    });
    expect(model.trainableWeights).toHaveLength(2);
    layer.trainable = false;
    expect(model.trainableWeights).toHaveLength(0);
    expect(model.weights).toHaveLength(2);
    x.dispose();
  });

  const one = (): SymbolicTensor => input({ shape: [3] });

  test.each([
    ['branches of two shapes', () => new ShakeShake().apply([one(), input({ shape: [4] })]), '3] and [, 4]'],
    ['a branch of another shape than the shortcut', () => new StochasticDepth({ rate: 0.1 }).apply([one(), input({ shape: [1] })]), ', 1]'],
    ['blocks in rows of features', () => new DropBlock({ rate: 0.1, blockSize: 2 }).apply(one()), '[batch, height, width, channels]'],
    ['channels without places', () => new SpatialDropout({ rate: 0.1 }).apply(one()), 'between batch and channels'],
    ['noise of another rank', () => new Dropout({ rate: 0.1, noiseShape: [null, 1, 1] }).apply(one()), '`noiseShape`'],
  ])('refuse %s when the model is made', (_, call, text) => {
    expect(call as () => unknown).toThrow(
      expect.objectContaining({ code: 'shape-mismatch', message: expect.stringContaining(text) as string }),
    );
  });

  test('take branches whose lengths are not all known yet', () => {
    expect(() => new ShakeShake().apply([one(), input({ batchShape: [4, 3] })])).not.toThrow();
  });

  test('take noise that is shared along an axis whose length is not known yet', () => {
    expect(() => new Dropout({ rate: 0.1, noiseShape: [null, 1, null] }).apply(input({ shape: [null, 3] }))).not.toThrow();
  });

  test.each([
    ['a rate of 1', () => new Dropout({ rate: 1 }), '`rate`'],
    ['a rate that is none', () => new Dropout({ rate: undefined as never }), 'or a schedule, got undefined'],
    ['a rate in letters', () => new Dropout({ rate: '0.5' }), 'Dropout: `rate` must be a number'],
    ['a negative standard deviation', () => new GaussianNoise({ standardDeviation: -1 }), '`standardDeviation`'],
    ['a mode of its own', () => new StochasticDepth({ rate: 0.1, mode: 'column' as never }), '`mode`'],
    ['no layer', () => new DropConnect({ rate: 0.1, layer: 3 as never }), '`layer`'],
    ['one branch where two are needed', () => sequential({ layers: [new ShakeShake({ inputShape: [2] })] }), 'two branches'],
    ['three branches', () => new StochasticDepth({ rate: 0.1 }).apply([one(), one(), one()]), 'a shortcut and a branch'],
    ['two inputs where one is needed', () => new Dropout({ rate: 0.1 }).apply([one(), one()]), 'one input'],
    [
      'a block that is larger than the map',
      () => sequential({ layers: [new DropBlock({ rate: 0.1, blockSize: 7, inputShape: [6, 8, 1] })] }),
      '6 x 8',
    ],
  ])('refuse %s', (_, call, text) => {
    tf.tidy(() => {
      expect(call as () => unknown).toThrow(
        expect.objectContaining({ code: 'invalid-argument', message: expect.stringContaining(text) as string }),
      );
    });
  });
});

describe('monteCarlo', () => {
  beforeEach(() => tf.setBackend('wasm').then(() => undefined));

  const net = (layer: layers.Layer): LayersModel => {
    const model = sequential({
      layers: [layers.dense({ units: 1, inputShape: [3], kernelInitializer: 'ones' }), layers.batchNormalization(), layer],
    });
    seedModel(model, 5);
    return model;
  };

  test('gives the mean and variance of the passes, which are those of dropout', () => {
    const model = net(new Dropout({ rate: 0.5 }));
    const x = tf.ones([40, 3]);
    const before = tf.memory().numTensors;
    const { mean, variance } = monteCarlo(model, x, { passes: 200, seed: 1 });
    expect(mean.shape).toEqual([40, 1]);
    // 0 or 2y with even chances, y = 3 / √1.001: mean y, variance y²; 200 · 40 passes of it, four standard errors.
    const y = 3 / Math.sqrt(1.001);
    const average = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
    expect(Math.abs(average(numbers(mean)) - y)).toBeLessThan((4 * y) / Math.sqrt(8000));
    numbers(variance).forEach((value, i) => expect(value).toBeCloseTo(numbers(mean)[i]! * (2 * y - numbers(mean)[i]!), 3)); // of two values exactly
    const again = monteCarlo(model, x, { passes: 200, seed: 1 });
    expect(numbers(again.variance)).toEqual(numbers(variance));
    const other = monteCarlo(model, x, { passes: 200, seed: 2 });
    expect(numbers(other.mean)).not.toEqual(numbers(mean));
    tf.dispose([mean, variance, ...Object.values(again), ...Object.values(other)]);
    expect(tf.memory().numTensors).toBe(before);
    expect(new Set(numbers(tf.tidy(() => run(model, x, false)))).size).toBe(1);
    x.dispose();
  });

  test('does not disturb training: neither its masks nor the statistics of batch normalization', () => {
    const [a, b] = [net(new Dropout({ rate: 0.5 })), net(new Dropout({ rate: 0.5 }))];
    tf.tidy(() => {
      const x = noise([20, 3]);
      run(a, x, true);
      run(b, x, true);
      monteCarlo(a, x, { passes: 3 });
      expect(a.getWeights().map(numbers)).toEqual(b.getWeights().map(numbers));
      expect(numbers(run(a, x, true))).toEqual(numbers(run(b, x, true)));
    });
  });

  test('refuses no passes, and a model that has nothing to draw', () => {
    tf.tidy(() => {
      expect(() => monteCarlo(net(new Dropout({ rate: 0.5 })), tf.ones([1, 3]), { passes: 0 })).toThrow('`passes`');
      expect(() => monteCarlo(net(layers.dropout({ rate: 0.5 })), tf.ones([1, 3]))).toThrow(DownhillError);
      expect(() => monteCarlo({} as never, tf.ones([1, 3]))).toThrow('`model` must be a LayersModel');
    });
  });
});

test('a layer’s mask is the function’s under the layer’s key', async () => {
  await tf.setBackend('cpu');
  const model = sequential({ layers: [new Dropout({ rate: 0.5, seed: 4, inputShape: [100] })] });
  seedModel(model, 9);
  tf.tidy(() => {
    const x = tf.ones([1, 100]);
    for (const step of [0, 1]) {
      const expected = dropout(x, { rate: 0.5, key: streamKey(9, 'layer', 'place', '0', 4, step) });
      expect(numbers(run(model, x, true))).toEqual(numbers(expected));
    }
  });
});

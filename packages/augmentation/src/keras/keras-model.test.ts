import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import { randomStream, streamKey } from '@downhill/core';
import { seedModel } from '@downhill/tfjs/layers';
import { registerWasmTrainingKernels } from '@downhill/wasm-kernels';
import * as tf from '@tensorflow/tfjs-core';
import { layers, loadLayersModel, model as modelOf, sequential, type LayersModel, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { registerKerasLayers } from '../keras-layers.ts';

const FIXTURES = join(import.meta.dirname, 'fixtures');
const SIDE = 12;

/** What a file server would give for model.json and its weights. */
function artifactsOf(name: string): tf.io.ModelArtifacts {
  const { modelTopology, weightsManifest } = JSON.parse(readFileSync(join(FIXTURES, `${name}.json`), 'utf8')) as tf.io.ModelJSON;
  const { weights: weightSpecs, paths } = weightsManifest[0]!;
  const bytes = new Uint8Array(readFileSync(join(FIXTURES, paths[0]!)));
  return { modelTopology, weightSpecs, weightData: bytes.buffer };
}

const load = (name: string): Promise<LayersModel> => loadLayersModel(tf.io.fromMemory(artifactsOf(name)));

async function savedAndLoaded(model: LayersModel): Promise<LayersModel> {
  let saved: tf.io.ModelArtifacts = {};
  await model.save(
    tf.io.withSaveHandler((artifacts) => {
      saved = { ...artifacts, modelTopology: JSON.parse(JSON.stringify(artifacts.modelTopology)) as object };
      return Promise.resolve({ modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' } });
    }),
  );
  return loadLayersModel(tf.io.fromMemory(saved));
}

/** Levels: half of the pictures red, half of them blue, with noise. */
function pictures(count = 16): { readonly x: tf.Tensor4D; readonly y: tf.Tensor2D } {
  const numbers = randomStream(streamKey(1, 'pictures'));
  const values = Array.from({ length: count * SIDE * SIDE * 3 }, (_, i) => {
    const [picture, channel] = [Math.floor(i / (SIDE * SIDE * 3)), i % 3];
    return 60 + numbers.integerBelow(i, 80) + (channel === (picture % 2) * 2 ? 90 : 0);
  });
  const labels = Array.from({ length: count }, (_, i) => (i % 2 === 0 ? [1, 0] : [0, 1]));
  return { x: tf.tensor4d(values, [count, SIDE, SIDE, 3]), y: tf.tensor2d(labels) };
}

const numbers = (tensor: tf.Tensor): number[] => [...tensor.dataSync()];
const weightsOf = (model: LayersModel): number[][] => model.weights.map((weight) => numbers(weight.read()));

/** What the random layers make of images. */
function augmented(model: LayersModel): LayersModel {
  return modelOf({ inputs: model.inputs, outputs: model.getLayer('random_crop').output as SymbolicTensor });
}

beforeAll(() => {
  tf.enableProdMode();
  registerKerasLayers();
});

describe.each([
  ['keras-2', 'cpu'],
  ['keras-3', 'cpu'],
  ['keras-2', 'wasm'],
])('a model of %s with random layers on %s', (name, backend) => {
  beforeAll(async () => {
    await tf.setBackend(backend);
    if (backend === 'wasm') await registerWasmTrainingKernels();
  });

  test('predicts what it would without them', async () => {
    const model = await load(name);
    const plain = sequential({
      layers: [
        layers.conv2d({ filters: 4, kernelSize: 3, activation: 'relu', inputShape: [8, 8, 3] }),
        layers.flatten(),
        layers.dense({ units: 2, activation: 'softmax' }),
      ],
    });
    plain.setWeights(model.getWeights());
    tf.tidy(() => {
      const { x } = pictures();
      const small = tf.image.resizeBilinear(tf.div<tf.Tensor4D>(x, 255), [8, 8], false, true);
      const expected = numbers(plain.predict(small) as tf.Tensor);
      const found = numbers(model.predict(x) as tf.Tensor);
      for (const [i, value] of found.entries()) expect(Math.abs(value - expected[i]!)).toBeLessThan(1e-5); // resized, then divided, in float32
      expect(numbers(model.predict(x) as tf.Tensor)).toEqual(found);
    });
    tf.dispose([model.getWeights(), plain.getWeights()]);
  });

  test('shows other pictures at each step of training, the same ones for the same seed', async () => {
    const model = augmented(await load(name));
    const views = (seed: number): string[] => {
      seedModel(model, seed);
      return tf.tidy(() => {
        const { x } = pictures(4);
        return [0, 1].map(() => String(numbers(model.apply(x, { training: true }) as tf.Tensor)));
      });
    };
    const [first, second] = views(5);
    expect(second).not.toBe(first);
    expect(views(5)).toEqual([first, second]);
    expect(views(6)).not.toContain(first);
    model.dispose();
  });

  test('learns, leaves nothing behind, and learns the same again', async () => {
    const { x, y } = pictures();
    const fit = async (): Promise<{ readonly losses: number[]; readonly weights: number[][]; readonly before: number[][] }> => {
      const model = await load(name);
      seedModel(model, 3);
      model.compile({ optimizer: tf.train.sgd(0.05), loss: 'categoricalCrossentropy' });
      const before = weightsOf(model);
      const options = { batchSize: 8, epochs: 4, shuffle: false, verbose: 0 } as const;
      const { history } = await model.fit(x, y, options);
      const tensors = tf.memory().numTensors;
      await model.fit(x, y, options);
      expect(tf.memory().numTensors).toBe(tensors);
      const weights = weightsOf(model);
      model.dispose();
      return { losses: history['loss'] as number[], weights, before };
    };
    const { losses, weights, before } = await fit();
    expect(weights).not.toEqual(before);
    expect(losses.at(-1)!).toBeLessThan(0.8 * losses[0]!);
    expect((await fit()).weights).toEqual(weights);
    tf.dispose([x, y]);
  });

  test('is the same model after it was saved and loaded again', async () => {
    const model = await load(name);
    const again = await savedAndLoaded(model);
    expect(again.layers.map((layer) => layer.getConfig())).toEqual(model.layers.map((layer) => layer.getConfig()));
    const [first, second] = [augmented(model), augmented(again)].map((part) => {
      seedModel(part, 2);
      return tf.tidy(() => numbers(part.apply(pictures(2).x, { training: true }) as tf.Tensor));
    });
    expect(second).toEqual(first);
    model.dispose();
    again.dispose();
  });
});

test('without registerKerasLayers() tfjs does not know them', async () => {
  const { classNameMap } = tf.serialization.SerializationMap.getMap();
  const known = classNameMap['RandomFlip'];
  delete classNameMap['RandomFlip'];
  await expect(load('keras-2')).rejects.toThrow('Unknown layer: RandomFlip');
  classNameMap['RandomFlip'] = known!;
});

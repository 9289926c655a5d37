import { chain } from '@downhill/core';
import { optimizer, register } from '@downhill/tfjs';
import { seedModel } from '@downhill/tfjs/layers';
import { batches, meanSquaredError, train, type ArrayData } from '@downhill/training';
import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { descend } from '../../test/descend.ts';
import { savedAndLoaded } from '../../test/saved.ts';
import { numbers } from '../../test/step.ts';
import { constraintsOf, clipWeightsConstraint, registerLayers } from '../layers.ts';
import { clipWeights, maxNorm, minMaxNorm, nonNegative, unitNorm } from './index.ts';

const { layers, constraints } = tfl;

const maxNormOf = (axis: number | number[]): ReturnType<typeof constraints.maxNorm> =>
  constraints.maxNorm({ maxValue: 0.5, axis: axis as number }); // an array is taken, but not typed
const minMaxNormOf = (axis: number | number[]): ReturnType<typeof constraints.minMaxNorm> =>
  constraints.minMaxNorm({ minValue: 0.199, maxValue: 0.2, axis: axis as number });

type Backend = 'cpu' | 'wasm';

/** On tfjs's own wasm backend convolutions have no gradients. */
function net(backend: Backend): tfl.Sequential {
  const input = { inputShape: [6, 6, 2] };
  const first = { activation: 'relu', biasConstraint: 'nonNeg', name: 'first' } as const;
  const model = tfl.sequential({
    layers: [
      ...(backend === 'cpu'
        ? [
            layers.conv2d({ filters: 4, kernelSize: 3, kernelConstraint: maxNormOf([0, 1, 2]), ...first, ...input }),
            layers.depthwiseConv2d({ kernelSize: 2, depthwiseConstraint: minMaxNormOf([0, 1, 2]), name: 'second' }),
            layers.flatten(),
          ]
        : [
            layers.flatten(input),
            layers.dense({ units: 8, kernelConstraint: maxNormOf(0), ...first }),
            layers.dense({ units: 8, kernelConstraint: minMaxNormOf(0), name: 'second' }),
          ]),
      layers.dense({ units: 3, kernelConstraint: constraints.unitNorm({ axis: 0 }), name: 'hidden' }),
      layers.dense({
        units: 2,
        kernelConstraint: clipWeightsConstraint({ minValue: -0.3, maxValue: 0.3 }),
        biasConstraint: 'nonNeg',
        name: 'out',
      }),
    ],
  });
  seedModel(model, 1);
  return model;
}

const norms = (w: tf.Tensor): number[] => tf.tidy(() => [...tf.norm(tf.reshape(w, [-1, w.shape.at(-1)!]), 'euclidean', 0).dataSync()]);
const values = (w: tf.Tensor): number[] => [...w.dataSync()];
const within = (given: readonly number[], min: number, max: number): boolean => given.every((x) => x >= min - 1e-6 && x <= max + 1e-6);

/** Which of the declared constraints hold, by weight. */
function held(model: tfl.LayersModel): Record<string, boolean> {
  const of = (layer: string, weight: number): tf.Tensor => model.getLayer(layer).weights[weight]!.read();
  return {
    'first/kernel': within(norms(of('first', 0)), 0, 0.5),
    'first/bias': within(values(of('first', 1)), 0, Infinity),
    'second/kernel': within(norms(of('second', 0)), 0.199, 0.2),
    'hidden/kernel': within(norms(of('hidden', 0)), 1, 1),
    'out/kernel': within(values(of('out', 0)), -0.3, 0.3),
    'out/bias': within(values(of('out', 1)), 0, Infinity),
  };
}

/** Fits for a few steps and says what held after each of them. */
async function fit(model: tfl.Sequential, given: tf.Optimizer): Promise<Record<string, boolean>[]> {
  model.compile({ loss: 'meanSquaredError', optimizer: given });
  const [x, y] = [
    tf.tensor4d(numbers(16 * 72), [16, 6, 6, 2]),
    tf.tensor2d(
      numbers(32).map((y) => -Math.abs(y)),
      [16, 2],
    ),
  ];
  const all: Record<string, boolean>[] = [];
  await model.fit(x, y, {
    epochs: 2,
    batchSize: 4,
    shuffle: false,
    verbose: 0,
    callbacks: { onBatchEnd: () => void all.push(held(model)) },
  });
  tf.dispose([x, y]);
  return all;
}

beforeAll(() => registerLayers());

describe.each<Backend>(['cpu', 'wasm'])('what the layers of a model declare, on %s', (backend) => {
  beforeEach(() => tf.setBackend(backend).then(() => undefined));

  test('is broken by tfjs alone in a real run', async () => {
    const model = net(backend);
    const after = await fit(model, tf.train.sgd(0.05));
    expect(after).toHaveLength(8);
    for (const weight of Object.keys(after[0]!))
      expect(
        after.some((each) => !each[weight]),
        weight,
      ).toBe(true);
    model.dispose();
  });

  test('holds after every step with constraintsOf', async () => {
    const model = net(backend);
    const given = optimizer(chain(descend(0.05), constraintsOf(model)));
    const after = await fit(model, given);
    expect(after).toHaveLength(8);
    for (const each of after) expect(Object.values(each)).toEqual([true, true, true, true, true, true]);
    expect(values(model.getLayer('out').weights[0]!.read()).some((w) => Math.abs(w) === Math.fround(0.3))).toBe(true); // it had something to do
    model.dispose();
    given.dispose();
  });

  test('gives the weights that tfjs’s own constraints would', async () => {
    const model = net(backend);
    const start = model.getWeights().map((w) => tf.clone(w));
    const given = optimizer(constraintsOf(model));
    tf.tidy(() => given.applyGradients(Object.fromEntries(model.trainableWeights.map((w) => [w.name, tf.zerosLike(w.read())]))));
    const ours = model.getWeights().map(values);
    model.setWeights(start); // which applies them
    model.getWeights().forEach((w, i) => {
      const theirs = values(w);
      ours[i]!.forEach((value, k) => expect(value).toBeCloseTo(theirs[k]!, 6));
    });
    tf.dispose(start);
    model.dispose();
    given.dispose();
  });
});

describe('constraintsOf', () => {
  beforeEach(() => tf.setBackend('cpu').then(() => undefined));

  test('is one part for each rule, confined to its weights by name', () => {
    const model = net('cpu');
    const made = constraintsOf(model);
    expect(made.parts.map(({ path, masks }) => [path, masks])).toEqual([
      ['maxNorm', [{ names: ['first/kernel'] }]],
      ['nonNegative', [{ names: ['first/bias', 'out/bias'] }]],
      ['minMaxNorm', [{ names: ['second/depthwise_kernel'] }]],
      ['unitNorm', [{ names: ['hidden/kernel'] }]],
      ['clipWeights', [{ names: ['out/kernel'] }]],
    ]);
    model.dispose();
  });

  test('is found in nested models, wrappers and recurrent layers', () => {
    const inner = tfl.sequential({ layers: [layers.dense({ units: 2, inputShape: [3], kernelConstraint: 'nonNeg', name: 'inner' })] });
    const model = tfl.sequential({
      layers: [
        layers.timeDistributed({ inputShape: [4, 5], layer: layers.dense({ units: 6, biasConstraint: 'nonNeg', name: 'shared' }) }),
        layers.lstm({ units: 3, recurrentConstraint: 'unitNorm', recurrentInitializer: 'glorotUniform', name: 'lstm' }),
        inner,
      ],
    });
    const names = constraintsOf(model).parts.map(({ masks }) => (masks[0] as { names: string[] }).names);
    expect(names.flat().map((name) => name.split('/').at(-1))).toEqual(['bias', 'kernel', 'recurrent_kernel']);
    model.dispose();
  });

  test('holds in train', async () => {
    const model = net('wasm');
    const column = (values: number[], shape: number[]): ArrayData['ys'] => ({ values: Float32Array.from(values), shape });
    const all: Record<string, boolean>[] = [];
    await train({
      model,
      loss: meanSquaredError,
      transform: chain(descend(0.05), constraintsOf(model)),
      batches: batches({ xs: column(numbers(16 * 72), [6, 6, 2]), ys: column(numbers(32), [2]) }, { batchSize: 4, shuffle: false }),
      epochs: 1,
      onEvent: ({ type }) => void (type === 'step' && all.push(held(model))),
    });
    expect(all).toHaveLength(4);
    for (const each of all) expect(Object.values(each)).not.toContain(false);
    model.dispose();
  });

  test('is nothing where nothing is declared', () => {
    const model = tfl.sequential({ layers: [layers.dense({ units: 2, inputShape: [3] })] });
    expect(constraintsOf(model).parts).toEqual([]);
    model.dispose();
  });

  test('survives saving and loading of the model with its optimizer, under the names of the new weights', async () => {
    register({ descend, clipWeights, maxNorm, minMaxNorm, nonNegative, unitNorm });
    const model = net('wasm'); // a depthwise layer of tfjs-layers loses its constraint when it is saved
    await fit(model, optimizer(chain(descend(0.05), constraintsOf(model))));
    const again = (await savedAndLoaded(model, { includeOptimizer: true })) as tfl.Sequential;
    expect(again.weights[0]!.name).not.toBe(model.weights[0]!.name); // tfjs-layers numbers names used before
    expect(constraintsOf(again).parts.map(({ path }) => path)).toEqual(constraintsOf(model).parts.map(({ path }) => path));
    for (const each of await fit(again, again.optimizer)) expect(Object.values(each)).not.toContain(false);
    model.dispose();
    again.dispose();
  });

  test('is refused for a class that nobody knows, and for what is no built model', () => {
    class Odd extends (Object.getPrototypeOf(constraints.nonNeg().constructor) as new () => ReturnType<typeof constraints.nonNeg>) {
      static get className(): string {
        return 'Odd';
      }
      override apply(w: tf.Tensor): tf.Tensor {
        return w;
      }
    }
    const model = tfl.sequential({ layers: [layers.dense({ units: 2, inputShape: [3], kernelConstraint: new Odd(), name: 'odd' })] });
    expect(() => constraintsOf(model)).toThrow(
      expect.objectContaining({
        code: 'unsupported',
        message: expect.stringContaining('constraintsOf: odd/kernel has a Odd, which is none of MaxNorm'),
      }),
    );
    model.dispose();
    const unbuilt = { layers: [layers.dense({ units: 2, name: 'later' })] };
    expect(() => constraintsOf(unbuilt as never)).toThrow(
      '[invalid-argument] constraintsOf: the layer later has no weights yet. Give the first layer an inputShape',
    );
    expect(() => constraintsOf({} as never)).toThrow('[invalid-argument] constraintsOf: `model` must be a LayersModel, got {}');
  });
});

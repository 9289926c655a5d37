import * as tf from '@tensorflow/tfjs-core';
import {
  initializers,
  layers,
  model as makeModel,
  sequential,
  input,
  type LayersModel,
  type SymbolicTensor,
} from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, test } from 'vitest';
import { randomValues } from '../test/arbitrary.ts';
import { difference } from '../test/backends.ts';
import { registerWasmTrainingKernels } from './register.ts';

type Layer = ReturnType<typeof sequential>['layers'][number];

interface Case {
  readonly name: string;
  /** Without the batch. */
  readonly shape: readonly number[];
  readonly make: () => { apply: (x: SymbolicTensor) => unknown };
  /** Values that the layer takes, if not any. */
  readonly whole?: number;
  /** No layer before it: no gradient flows through it on any backend. */
  readonly first?: boolean;
  readonly batch?: number;
}

const image = [6, 6, 3];
const series = [5, 4];
const merge =
  (combine: (parts: SymbolicTensor[]) => unknown): Case['make'] =>
  () => ({
    apply: (x) => combine([layers.dense({ units: 3 }).apply(x) as SymbolicTensor, layers.dense({ units: 3 }).apply(x) as SymbolicTensor]),
  });

/**
 * Every layer of tfjs-layers through which a gradient flows. On no backend of 4.22 does one flow through thresholdedReLU,
 * conv3dTranspose, resizing and centerCrop, and causal padding is not implemented.
 */
const CASES: readonly Case[] = [
  { name: 'dense', shape: [4], make: () => layers.dense({ units: 5, activation: 'tanh' }) },
  ...(
    [
      'elu',
      'hardSigmoid',
      'linear',
      'relu',
      'relu6',
      'selu',
      'sigmoid',
      'softmax',
      'softplus',
      'softsign',
      'tanh',
      'swish',
      'mish',
      'gelu',
    ] as const
  ).map((activation): Case => ({ name: `activation ${activation}`, shape: [7], make: () => layers.activation({ activation }) })),
  { name: 'elu', shape: [7], make: () => layers.elu() },
  { name: 'leakyReLU', shape: [7], make: () => layers.leakyReLU() },
  { name: 'prelu', shape: [7], make: () => layers.prelu({ alphaInitializer: initializers.constant({ value: 0.3 }) }) },
  { name: 'reLU', shape: [7], make: () => layers.reLU({ maxValue: 0.5 }) },
  { name: 'softmax', shape: [7], make: () => layers.softmax() },
  { name: 'conv1d', shape: series, make: () => layers.conv1d({ filters: 6, kernelSize: 3, padding: 'same', activation: 'relu' }) },
  {
    name: 'conv2d',
    shape: image,
    make: () => layers.conv2d({ filters: 5, kernelSize: 3, strides: 2, padding: 'same', activation: 'relu' }),
  },
  { name: 'conv2d, linear, so fused', shape: image, make: () => layers.conv2d({ filters: 5, kernelSize: [1, 3] }) },
  { name: 'conv2dTranspose', shape: image, make: () => layers.conv2dTranspose({ filters: 2, kernelSize: 3, strides: 2, padding: 'same' }) },
  { name: 'conv3d', shape: [4, 4, 4, 2], make: () => layers.conv3d({ filters: 3, kernelSize: 2 }) },
  { name: 'depthwiseConv2d', shape: image, make: () => layers.depthwiseConv2d({ kernelSize: 3, padding: 'same', activation: 'relu' }) },
  {
    name: 'depthwiseConv2d, two filters a channel',
    shape: image,
    make: () => layers.depthwiseConv2d({ kernelSize: 2, depthMultiplier: 2, strides: 2 }),
  },
  { name: 'separableConv2d', shape: image, make: () => layers.separableConv2d({ filters: 4, kernelSize: 3, activation: 'relu6' }) },
  { name: 'cropping2D', shape: image, make: () => layers.cropping2D({ cropping: 1 }) },
  {
    name: 'upSampling2d',
    shape: image,
    batch: 1, // tfjs's cpu backend is wrong for more
    make: () => layers.upSampling2d({}),
  },
  { name: 'upSampling2d, bilinear', shape: image, make: () => layers.upSampling2d({ interpolation: 'bilinear' }) },
  { name: 'zeroPadding2d', shape: image, make: () => layers.zeroPadding2d({ padding: 1 }) },
  { name: 'dropout', shape: [7], make: () => layers.dropout({ rate: 0.4, seed: 3 }) },
  { name: 'spatialDropout1d', shape: series, make: () => layers.spatialDropout1d({ rate: 0.4, seed: 3 }) },
  { name: 'embedding', shape: [5], make: () => layers.embedding({ inputDim: 9, outputDim: 4 }), whole: 9 },
  {
    name: 'embedding with mask',
    shape: [5],
    make: () => ({
      apply: (x) =>
        layers
          .lstm({ recurrentInitializer: 'zeros', units: 3 })
          .apply(layers.embedding({ inputDim: 9, outputDim: 4, maskZero: true }).apply(x) as SymbolicTensor),
    }),
    whole: 9,
  },
  { name: 'permute', shape: series, make: () => layers.permute({ dims: [2, 1] }) },
  { name: 'repeatVector', shape: [4], make: () => layers.repeatVector({ n: 3 }) },
  { name: 'reshape', shape: [4], make: () => layers.reshape({ targetShape: [2, 2] }) },
  { name: 'add', shape: [4], make: merge((parts) => layers.add().apply(parts)) },
  { name: 'average', shape: [4], make: merge((parts) => layers.average().apply(parts)) },
  { name: 'concatenate', shape: [4], make: merge((parts) => layers.concatenate().apply(parts)) },
  { name: 'maximum', shape: [4], make: merge((parts) => layers.maximum().apply(parts)) },
  { name: 'minimum', shape: [4], make: merge((parts) => layers.minimum().apply(parts)) },
  { name: 'multiply', shape: [4], make: merge((parts) => layers.multiply().apply(parts)) },
  { name: 'dot', shape: [4], make: merge((parts) => layers.dot({ axes: 1, normalize: true }).apply(parts)) },
  { name: 'batchNormalization', shape: image, make: () => layers.batchNormalization() },
  { name: 'layerNormalization', shape: series, make: () => layers.layerNormalization() },
  { name: 'averagePooling1d', shape: series, make: () => layers.averagePooling1d({ poolSize: 2 }) },
  { name: 'averagePooling2d', shape: image, make: () => layers.averagePooling2d({ poolSize: 3, strides: 2, padding: 'same' }) },
  { name: 'averagePooling3d', shape: [4, 4, 4, 2], make: () => layers.averagePooling3d({ poolSize: 2 }) },
  { name: 'globalAveragePooling1d', shape: series, make: () => layers.globalAveragePooling1d() },
  { name: 'globalAveragePooling2d', shape: image, make: () => layers.globalAveragePooling2d({}) },
  { name: 'globalMaxPooling1d', shape: series, make: () => layers.globalMaxPooling1d() },
  { name: 'globalMaxPooling2d', shape: image, make: () => layers.globalMaxPooling2d({}) },
  { name: 'maxPooling1d', shape: series, make: () => layers.maxPooling1d({ poolSize: 2 }) },
  { name: 'maxPooling2d', shape: image, make: () => layers.maxPooling2d({ poolSize: 3, strides: 2, padding: 'same' }) },
  { name: 'maxPooling3d', shape: [4, 4, 4, 2], make: () => layers.maxPooling3d({ poolSize: 2 }) },
  { name: 'gru', shape: series, make: () => layers.gru({ recurrentInitializer: 'zeros', units: 3 }) },
  { name: 'lstm', shape: series, make: () => layers.lstm({ recurrentInitializer: 'zeros', units: 3, returnSequences: true }) },
  { name: 'simpleRNN', shape: series, make: () => layers.simpleRNN({ recurrentInitializer: 'zeros', units: 3 }) },
  {
    name: 'convLstm2d',
    shape: [3, 5, 5, 2],
    make: () => layers.convLstm2d({ recurrentInitializer: 'zeros', filters: 2, kernelSize: 3, padding: 'same' }),
  },
  {
    name: 'bidirectional',
    shape: series,
    make: () => layers.bidirectional({ layer: layers.gru({ recurrentInitializer: 'zeros', units: 3 }) as never, mergeMode: 'concat' }),
  },
  { name: 'timeDistributed', shape: series, make: () => layers.timeDistributed({ layer: layers.dense({ units: 3 }) }) },
  {
    name: 'masking',
    shape: series,
    first: true,
    make: () => ({
      apply: (x) =>
        layers.gru({ recurrentInitializer: 'zeros', units: 3 }).apply(layers.masking({ maskValue: 0 }).apply(x) as SymbolicTensor),
    }),
  },
  { name: 'rescaling', shape: image, make: () => layers.rescaling({ scale: 0.5, offset: 1 }) },
];

/** A dense layer, the layer under test, and a dense layer: the gradients go through it. */
function modelAround({ shape, make, whole, first = whole !== undefined }: Case): LayersModel {
  const x = input({ shape: [...shape] });
  const before = first ? x : (layers.dense({ units: shape.at(-1) ?? 1 }).apply(x) as SymbolicTensor);
  const after = make().apply(before) as SymbolicTensor;
  const flat = after.shape.length > 2 ? (layers.flatten().apply(after) as SymbolicTensor) : after;
  return makeModel({ inputs: x, outputs: layers.dense({ units: 2 }).apply(flat) as SymbolicTensor });
}

/** Sets seeded weights: of variance 1 / inputs, and positive where they are vectors (a variance is one). */
function setWeights(model: LayersModel): void {
  const seeded = (shape: readonly number[], seed: number): tf.Tensor => {
    const size = tf.util.sizeFromShape([...shape]);
    const scale = Math.sqrt((3 * (shape.at(-1) ?? 1)) / size);
    return tf.tensor(
      randomValues(size, seed).map((value) => (shape.length < 2 ? (1 + Math.abs(value)) / 2 : value * scale)),
      [...shape],
    );
  };
  tf.tidy(() => model.setWeights(model.getWeights().map(({ shape }, i) => seeded(shape, i + 1))));
}

/** Trains for some steps on a backend: the losses, then the weights. */
async function train(
  backend: 'wasm' | 'cpu',
  make: () => LayersModel,
  data: () => { x: tf.Tensor; y: tf.Tensor },
  steps: number,
  rate: number,
): Promise<Float32Array[]> {
  await tf.setBackend(backend);
  const { numTensors } = tf.memory();
  const model = make();
  setWeights(model);
  const optimizer = tf.train.sgd(rate);
  const { x, y } = data();
  const losses: number[] = [];
  const step = (): tf.Scalar => tf.losses.meanSquaredError(y, model.apply(x, { training: true }) as tf.Tensor);
  const variables = model.trainableWeights.map((weight) => weight.read() as tf.Variable);
  for (let i = 0; i < steps; i++) {
    const loss = optimizer.minimize(step, true, variables);
    losses.push(...(loss?.dataSync() ?? []));
    loss?.dispose();
  }
  const weights = model.getWeights().map((weight) => Float32Array.from(weight.dataSync()));
  model.dispose();
  optimizer.dispose();
  tf.dispose([x, y]);
  return [Float32Array.from(losses), ...weights, Float32Array.of(tf.memory().numTensors - numTensors)];
}

interface Net {
  readonly name: string;
  readonly shape: readonly number[];
  readonly stack: () => Layer[];
  readonly whole?: number;
}

const tolerance = 2e-5; // weights of order 1 after three steps of a hundred roundings each

describe('tfjs-layers on wasm with our kernels', () => {
  beforeAll(() => registerWasmTrainingKernels());

  test.each(CASES)('$name trains as on the cpu backend', async (layer) => {
    const { batch = 3 } = layer;
    const size = tf.util.sizeFromShape([batch, ...layer.shape]);
    const data = (): { x: tf.Tensor; y: tf.Tensor } => ({
      x: tf.tensor(
        randomValues(size, 11).map((value) => (layer.whole === undefined ? value : Math.floor(((value + 1) / 2) * layer.whole))),
        [batch, ...layer.shape],
      ),
      y: tf.tensor(randomValues(batch * 2, 12), [batch, 2]),
    });
    const make = (): LayersModel => modelAround(layer);
    expect(difference(await train('wasm', make, data, 3, 0.01), await train('cpu', make, data, 3, 0.01), tolerance)).toBeUndefined();
  });

  test.each<Net>([
    {
      name: 'a convnet',
      shape: [12, 12, 1],
      stack: () => [
        layers.conv2d({ inputShape: [12, 12, 1], filters: 6, kernelSize: 3, padding: 'same', activation: 'relu' }),
        layers.maxPooling2d({ poolSize: 2 }),
        layers.conv2d({ filters: 10, kernelSize: 3, padding: 'same', activation: 'relu' }),
        layers.maxPooling2d({ poolSize: 2 }),
        layers.flatten(),
        layers.dense({ units: 12, activation: 'relu' }),
        layers.dense({ units: 2 }),
      ],
    },
    {
      name: 'a depthwise net with batch normalization',
      shape: [9, 9, 3],
      stack: () => [
        layers.depthwiseConv2d({ inputShape: [9, 9, 3], kernelSize: 3, padding: 'same', useBias: false }),
        layers.batchNormalization(),
        layers.reLU({ maxValue: 6 }),
        layers.conv2d({ filters: 8, kernelSize: 1 }),
        layers.depthwiseConv2d({ kernelSize: 3, strides: 2, padding: 'same', activation: 'relu' }),
        layers.globalAveragePooling2d({}),
        layers.dense({ units: 2 }),
      ],
    },
    {
      name: 'an embedding with an LSTM',
      shape: [8],
      whole: 20,
      stack: () => [
        layers.embedding({ inputDim: 20, outputDim: 6, inputLength: 8 }),
        layers.lstm({ recurrentInitializer: 'zeros', units: 5 }),
        layers.dense({ units: 2 }),
      ],
    },
    {
      name: 'a dense net',
      shape: [10],
      stack: () => [
        layers.dense({ inputShape: [10], units: 16, activation: 'relu' }),
        layers.dense({ units: 9, activation: 'tanh' }),
        layers.dense({ units: 2 }),
      ],
    },
  ])('$name follows the cpu backend for ten steps', async ({ shape, stack, whole }) => {
    const batch = 3;
    const data = (): { x: tf.Tensor; y: tf.Tensor } => ({
      x: tf.tensor(
        randomValues(tf.util.sizeFromShape([batch, ...shape]), 5).map((value) =>
          whole === undefined ? value : Math.floor(((value + 1) / 2) * whole),
        ),
        [batch, ...shape],
      ),
      y: tf.tensor(randomValues(batch * 2, 6), [batch, 2]),
    });
    const make = (): LayersModel => sequential({ layers: stack() });
    const wasm = await train('wasm', make, data, 10, 0.005);
    expect(difference(wasm, await train('cpu', make, data, 10, 0.005), 10 * tolerance)).toBeUndefined();
    expect(wasm[0]!.at(-1)).toBeLessThan(wasm[0]![0]!);
  });
});

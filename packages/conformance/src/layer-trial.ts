import { randomStream, streamKey } from '@downhill/core';
import { seedModel } from '@downhill/tfjs/layers';
import * as tf from '@tensorflow/tfjs-core';
import { input, layers, model as modelOf, type LayersModel, type SymbolicTensor } from '@tensorflow/tfjs-layers';

/** The shape of an example, or of each of its parts. */
export type InputShape = readonly number[] | readonly (readonly number[])[];

type Layer = layers.Layer;

const shapesOf = (inputShape: InputShape): readonly (readonly number[])[] =>
  (Array.isArray(inputShape[0]) ? inputShape : [inputShape]) as readonly (readonly number[])[];

/** A model that is the layer alone, seeded. */
export function modelWith(layer: Layer, inputShape: InputShape, seed: number): LayersModel {
  const inputs = shapesOf(inputShape).map((shape) => input({ shape: [...shape] }));
  const outputs = layer.apply(inputs.length === 1 ? (inputs[0] as SymbolicTensor) : inputs) as SymbolicTensor;
  const model = modelOf({ inputs, outputs });
  seedModel(model, seed);
  return model;
}

/** A model that trains: a dense layer on each input, the layer, and one number out. */
export function trainableModel(layer: Layer, inputShape: InputShape, seed: number): LayersModel {
  const inputs = shapesOf(inputShape).map((shape) => input({ shape: [...shape] }));
  const before = inputs.map(
    (each, i) =>
      layers
        .dense({ units: shapesOf(inputShape)[i]?.at(-1) ?? 1, kernelInitializer: 'identity', useBias: false })
        .apply(each) as SymbolicTensor,
  );
  const made = layer.apply(before.length === 1 ? (before[0] as SymbolicTensor) : before) as SymbolicTensor;
  const row = made.shape.length > 2 ? (layers.flatten().apply(made) as SymbolicTensor) : made;
  const outputs = layers.dense({ units: 1, kernelInitializer: 'glorotNormal' }).apply(row) as SymbolicTensor;
  const model = modelOf({ inputs, outputs });
  seedModel(model, seed);
  return model;
}

/** Inputs for a model, the same at each call; the caller disposes of them. */
export function examples(inputShape: InputShape, count: number, [low, high]: readonly [number, number]): tf.Tensor[] {
  return shapesOf(inputShape).map((shape, part) => {
    const { uniformAt } = randomStream(streamKey(6, 'conformance', 'examples', part));
    const all = [count, ...shape];
    return tf.tensor(
      Float32Array.from({ length: tf.util.sizeFromShape(all) }, (_, i) => low + (high - low) * uniformAt(i)),
      all,
    );
  });
}

/** A forward; the caller disposes of the result. */
export function forward(model: LayersModel, inputs: readonly tf.Tensor[], training?: boolean): tf.Tensor {
  const given = inputs.length === 1 ? (inputs[0] as tf.Tensor) : [...inputs];
  return tf.tidy(() => model.apply(given, training === undefined ? {} : { training }) as tf.Tensor);
}

export const numbersOf = (tensor: tf.Tensor): number[] => [...tensor.dataSync()];

import { DownhillError, show } from '@downhill/core';
import type { Scalar, Tensor, Variable } from '@tensorflow/tfjs-core';
import type { layers, LayersModel } from '@tensorflow/tfjs-layers';

/** A model without layers: variables, and a function of them. */
export interface FunctionModel {
  /** What the optimizer changes; those that are not trainable are only kept in checkpoints. */
  readonly variables: readonly Variable[];
  /** Predictions for a batch, one row an example. */
  readonly predict: (inputs: Tensor | Tensor[], mode: { readonly training: boolean }) => Tensor;
}

/** What can be trained: a tfjs-layers model with one output, or variables and a function of them. */
export type TrainableModel = LayersModel | FunctionModel;

/** A variable under a name that stays the same when the model is built again, also in the same process. */
export interface NamedVariable {
  readonly key: string;
  readonly variable: Variable;
}

/** Whether a model is one of tfjs-layers. */
export function isLayersModel(model: TrainableModel): model is LayersModel {
  return 'layers' in model && 'apply' in model;
}

/** @throws DownhillError `invalid-argument` where `model` is neither kind. */
export function checkModel(source: string, model: unknown): asserts model is TrainableModel {
  const { layers: list, variables, predict } = (model ?? {}) as Partial<LayersModel & FunctionModel>;
  if (typeof predict === 'function' && (Array.isArray(list) || Array.isArray(variables))) return;
  throw new DownhillError({
    code: 'invalid-argument',
    source,
    problem: `\`model\` must be a LayersModel or { variables, predict }, got ${show(model)}`,
  });
}

/** A model's predictions. @throws DownhillError `unsupported` where the model has several outputs */
export function predict(model: TrainableModel, inputs: Tensor | Tensor[], mode: { readonly training: boolean }): Tensor {
  const output = isLayersModel(model) ? model.apply(inputs, mode) : model.predict(inputs, mode);
  if (!Array.isArray(output)) return output as Tensor;
  throw new DownhillError({
    code: 'unsupported',
    source: 'train',
    problem: `the model has ${output.length} outputs`,
    advice: 'Pass { variables, predict } with a predict that joins them into one tensor, one row an example.',
  });
}

/** The terms that the layers' own regularizers add to the loss. */
export function regularizers(model: TrainableModel): Scalar[] {
  return isLayersModel(model) ? model.calculateLosses() : [];
}

/** The variables that a step changes, in the order of the model. */
export function trainableVariables(model: TrainableModel): Variable[] {
  if (isLayersModel(model)) return model.trainableWeights.map((weight) => weight.read() as Variable);
  return model.variables.filter(({ trainable }) => trainable);
}

/** All variables of a model, trained or not. */
export function modelVariables(model: TrainableModel): Variable[] {
  return namedVariables(model).map(({ variable }) => variable);
}

/**
 * All variables of a model, named by place: `0/kernel` is the kernel of the first layer, `2.1/bias` that of the second layer of the model
 * that is the third layer. tfjs numbers names that were used before in the process, so its own names do not survive a reload.
 */
export function namedVariables(model: TrainableModel): NamedVariable[] {
  if (isLayersModel(model)) return layerVariables(model.layers, '');
  return model.variables.map((variable, i) => ({ key: /^\d+$/.test(variable.name) ? `#${i}` : variable.name, variable }));
}

function layerVariables(list: readonly layers.Layer[], path: string): NamedVariable[] {
  return list.flatMap((layer, i) => {
    const inner = (layer as { layers?: unknown }).layers;
    if (Array.isArray(inner)) return layerVariables(inner as layers.Layer[], `${path}${i}.`);
    const seen = new Map<string, number>();
    return layer.weights.map((weight): NamedVariable => {
      const name = weight.originalName.slice(weight.originalName.lastIndexOf('/') + 1);
      const count = (seen.get(name) ?? 0) + 1;
      seen.set(name, count);
      return { key: `${path}${i}/${name}${count === 1 ? '' : `~${count}`}`, variable: weight.read() as Variable };
    });
  });
}

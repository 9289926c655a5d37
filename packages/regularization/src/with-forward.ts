import { DownhillError } from '@downhill/core';
import type { FunctionModel, TrainableModel } from '@downhill/training';
import type { Tensor } from '@tensorflow/tfjs-core';

/** A model's pass from inputs to predictions. */
export type Forward = FunctionModel['predict'];

/**
 * The same model with another pass in `train`: its weights, their names, its layers and its regularizers are those of `model`, which stays as it is.
 *
 * @param source Who asks, for the error of `fit`, which does not call a model's `apply` and so would run the model's own pass.
 * @param forward Is handed the model's own pass.
 */
export function withForward<Model extends TrainableModel>(
  source: string,
  model: Model,
  forward: (inputs: Tensor | Tensor[], mode: { readonly training: boolean }, own: Forward) => Tensor,
): Model {
  const isLayersModel = 'apply' in model;
  const own: Forward = isLayersModel
    ? (inputs, mode) => model.apply(inputs, mode) as Tensor
    : (inputs, mode) => model.predict(inputs, mode);
  const value = (inputs: Tensor | Tensor[], mode?: { readonly training?: boolean }): Tensor =>
    forward(inputs, { training: mode?.training === true }, own);
  if (!isLayersModel) return Object.create(model, { predict: { value } }) as Model;
  const refused = { value: () => Promise.reject(onlyInTrain(source)) };
  return Object.create(model, { apply: { value }, fit: refused, fitDataset: refused, trainOnBatch: refused }) as Model;
}

function onlyInTrain(source: string): DownhillError {
  return new DownhillError({
    code: 'unsupported',
    source,
    problem: 'fit runs a model’s layers as they are, so that nothing of this would happen',
    advice: 'Train it with train of @downhill/training.',
  });
}

import type { FunctionModel, TrainableModel } from '@downhill/training';
import type { Tensor } from '@tensorflow/tfjs-core';

/** A model's pass from inputs to predictions. */
export type Forward = FunctionModel['predict'];

/**
 * The same model with another pass: its weights, their names, its layers and its regularizers are those of `model`, which stays as it is.
 *
 * @param forward Is handed the model's own pass.
 */
export function withForward<Model extends TrainableModel>(
  model: Model,
  forward: (inputs: Tensor | Tensor[], mode: { readonly training: boolean }, own: Forward) => Tensor,
): Model {
  const isLayersModel = 'apply' in model;
  const own: Forward = isLayersModel
    ? (inputs, mode) => model.apply(inputs, mode) as Tensor
    : (inputs, mode) => model.predict(inputs, mode);
  const value = (inputs: Tensor | Tensor[], mode?: { readonly training?: boolean }): Tensor =>
    forward(inputs, { training: mode?.training === true }, own);
  return Object.create(model, { [isLayersModel ? 'apply' : 'predict']: { value } }) as Model;
}

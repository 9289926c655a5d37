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
  if (!('apply' in model)) {
    const { predict } = model as FunctionModel;
    return { ...model, predict: ((inputs, mode) => forward(inputs, mode, predict)) satisfies Forward };
  }
  const own: Forward = (inputs, mode) => model.apply(inputs, mode) as Tensor;
  const apply = (inputs: Tensor | Tensor[], mode?: { readonly training?: boolean }): Tensor =>
    forward(inputs, { training: mode?.training === true }, own);
  return Object.create(model, { apply: { value: apply } }) as Model;
}

import { engine, util, type NamedTensorMap, type Optimizer, type Tensor, type Variable } from '@tensorflow/tfjs-core';
import { refuse } from './refuse.ts';

/** tfjs's own form of a list of gradients or saved weights. */
export type NamedTensors = Parameters<Optimizer['setWeights']>[0];

/** A variable and the gradient of the loss with respect to it. */
export interface Update {
  readonly variable: Variable;
  readonly gradient: Tensor;
}

type MaybeTensor = Tensor | null | undefined;

/**
 * Reads gradients in both forms that `applyGradients` takes. Null ones are passed over, as tfjs's own optimizers do.
 *
 * @throws DownhillError for a name without a variable, two gradients for one, another shape or type; nothing is applied then.
 */
export function updatesOf(gradients: NamedTensorMap | NamedTensors): readonly Update[] {
  const named: readonly { readonly name: string; readonly tensor: MaybeTensor }[] = Array.isArray(gradients)
    ? gradients
    : Object.entries(gradients).map(([name, tensor]) => ({ name, tensor }));
  const { registeredVariables } = engine();
  const seen = new Set<string>();
  return named.flatMap(({ name, tensor }) => {
    if (tensor === null || tensor === undefined) return [];
    const variable = registeredVariables[name];
    if (variable === undefined)
      return refuse('unknown-name', `there is no variable '${name}'`, 'Was it disposed of, or is the gradient filed under another name?');
    if (seen.has(name)) refuse('invalid-argument', `two gradients for '${name}'`, 'Add them up first.');
    seen.add(name);
    if (!util.arraysEqual(tensor.shape, variable.shape))
      refuse(
        'shape-mismatch',
        `the gradient of '${name}' must have its shape [${variable.shape}], got [${tensor.shape}]`,
        'Nothing was applied.',
      );
    if (tensor.dtype !== 'float32' || variable.dtype !== 'float32')
      refuse(
        'invalid-argument',
        `'${name}' and its gradient must be float32, got ${variable.dtype} and ${tensor.dtype}`,
        'Cast them to float32.',
      );
    return [{ variable, gradient: tensor }];
  });
}

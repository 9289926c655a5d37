import { isLayersModel, type NamedVariable, type PredictedBatch, type TrainableModel } from '@downhill/training';
import { tidy, type Optimizer, type Tensor } from '@tensorflow/tfjs-core';
import { countNonFinite } from './tensor-norms.ts';

/** The tensor that went bad first, in words, and at which step (from 0) where that is another than the one at hand. */
export interface Culprit {
  readonly what: string;
  readonly step?: number;
}

interface NonFiniteUpdate {
  readonly variable: string;
  readonly step: number;
  readonly count: number;
}

/** Reads how many values of a tensor are NaN or infinite. */
const bad = async (tensor: Tensor): Promise<number> => countNonFinite(await tensor.data());

const values = (count: number): string => (count === 1 ? '1 value is' : `${count} values are`);

/**
 * The first update that was not finite, as the optimizer's kernel counted them; else a weight that is not. Gradients run from the loss
 * backwards: of several tensors of one step, the last of the model went bad first.
 *
 * @param options.thorough Whether to look at the weights also where a kernel counts what comes to them.
 */
export async function firstBadWeight(
  optimizer: Optimizer,
  variables: readonly NamedVariable[],
  { thorough }: { readonly thorough: boolean },
): Promise<Culprit | undefined> {
  const { nonFiniteUpdates } = optimizer as { readonly nonFiniteUpdates?: () => Promise<readonly NonFiniteUpdate[]> };
  const updates = (await nonFiniteUpdates?.call(optimizer)) ?? [];
  if (nonFiniteUpdates !== undefined && updates.length === 0 && !thorough) return undefined;
  const step = updates.reduce((first, update) => Math.min(first, update.step), Infinity);
  for (const { key, variable } of variables.toReversed()) {
    const update = updates.find((candidate) => candidate.step === step && candidate.variable === variable.name);
    if (update !== undefined)
      return { what: `the gradient of ${key}, or what the rule made of it (${values(update.count)} not finite)`, step };
  }
  for (const { key, variable } of variables) {
    const count = await bad(variable);
    if (count > 0) return { what: `the weight ${key} (${values(count)} not finite)` };
  }
  return undefined;
}

/** Goes through the batch and the layers' outputs in order; where all are finite, it is the loss itself. */
export async function firstBadActivation(model: TrainableModel, { batch: { xs, ys }, predictions }: PredictedBatch): Promise<Culprit> {
  for (const [name, tensors] of [
    ['inputs', xs],
    ['targets', ys],
  ] as const)
    for (const tensor of [tensors].flat()) {
      const count = await bad(tensor);
      if (count > 0) return { what: `the batch’s ${name} (${values(count)} not finite)` };
    }
  for (const [i, layer] of (isLayersModel(model) ? model.layers : []).entries()) {
    const outputs = tidy(() =>
      [
        isLayersModel(model)
          ? model.execute(
              xs,
              [layer.output].flat().map(({ name }) => name),
            )
          : [],
      ].flat(),
    );
    try {
      for (const output of outputs) {
        const count = await bad(output);
        if (count > 0) return { what: `the activation of layer ${i}, ${layer.name} (${values(count)} not finite)` };
      }
    } finally {
      for (const output of outputs) output.dispose();
    }
  }
  const count = await bad(predictions);
  return { what: count > 0 ? `the predictions (${values(count)} not finite)` : 'the loss itself (the predictions are finite)' };
}

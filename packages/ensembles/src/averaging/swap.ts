import { complete, DownhillError } from '@downhill/core';
import type { InputBatches, ReestimateOptions } from '@downhill/tfjs/layers';
import { checkModel, modelVariables, type TrainableModel } from '@downhill/training';
import { clone, dispose, keep } from '@tensorflow/tfjs-core';

/** Batches from which the statistics of batch normalizations are computed anew, and how. */
export interface Reestimate extends ReestimateOptions {
  readonly batches: InputBatches;
}

/** Options of what puts other weights into a model. */
export interface SwapOptions {
  /**
   * Compute the statistics of the model's batch normalizations anew from these batches, usually those of training: the old ones are those of
   * other weights. They are put back with the weights. @defaultValue they stay
   */
  readonly reestimate?: Reestimate;
}

/** What is to be done while a model has other weights. */
export interface Swap<Result> {
  /** For errors: the function that the user called. */
  readonly source: string;
  readonly reestimate?: Reestimate | undefined;
  /** Whether the other weights stay where all went well. @defaultValue false */
  readonly lasting?: boolean;
  /** Puts the other weights into the model. */
  put(): void;
  use(): Result | Promise<Result>;
}

const swapped = new WeakSet<TrainableModel>();

/** Puts other weights into a model, and its own back, whatever happens: the same storage, to the last bit. */
export async function swap<Result>(model: TrainableModel, swapping: Swap<Result>): Promise<Result> {
  const { source, reestimate, lasting = false, put, use } = swapping;
  checkModel(source, model);
  if (swapped.has(model))
    throw new DownhillError({
      code: 'unsupported',
      source,
      problem: 'the model has other weights in it already',
      advice: 'Wait until that call is through: two at once would put back the wrong weights.',
    });
  const variables = modelVariables(model);
  const own = variables.map((variable) => keep(clone(variable)));
  swapped.add(model);
  let done = false;
  try {
    put();
    if (reestimate !== undefined) await refreshBatchNorm(source, model, reestimate);
    const result = await use();
    done = true;
    return result;
  } finally {
    swapped.delete(model);
    if (!(done && lasting))
      variables.forEach((variable, i) => {
        const value = own[i];
        if (value !== undefined && !variable.isDisposed) variable.assign(value);
      });
    dispose(own);
  }
}

async function refreshBatchNorm(source: string, model: TrainableModel, given: Reestimate): Promise<void> {
  const { batches, ...options } = complete(`${source}: reestimate`, given, { batches: undefined, passes: undefined, unbiased: false });
  const { passes = 'layer by layer', unbiased } = options;
  if (typeof batches?.batches !== 'function')
    throw new DownhillError({
      code: 'invalid-argument',
      source,
      problem: '`reestimate.batches` must be { batches(epoch) }',
      advice: 'Pass what batches(data, { batchSize, shuffle: false }) of @downhill/training returns.',
    });
  if (!('layers' in model))
    throw new DownhillError({
      code: 'unsupported',
      source,
      problem: '`reestimate` needs a LayersModel, whose batch normalizations can be seen',
      advice: 'Set their statistics yourself before you use the model: all `variables` are put back afterwards, trained or not.',
    });
  const { reestimateBatchNorm } = await import('@downhill/tfjs/layers'); // tfjs-layers is there, since the model is
  await reestimateBatchNorm(model, batches, { passes, unbiased });
}

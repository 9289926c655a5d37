import { augmentedBatches } from '@downhill/augmentation';
import { isDownhillError } from '@downhill/core';
import { earlyStopping, labelSmoothing } from '@downhill/regularization';
import {
  accuracy,
  batches,
  split,
  train,
  weightsHash,
  type ArrayData,
  type CheckpointStore,
  type PhaseTimes,
  type TrainEvent,
} from '@downhill/training';
import { registerWasmTrainingKernels, type ConvolutionAlgorithm } from '@downhill/wasm-kernels';
import { setBackend } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { pipelineNamed } from './augmentations.ts';
import type { RecipeConfig } from './config.ts';
import { judge, type Verdict } from './judge.ts';
import type { Mnist } from './mnist.ts';
import { digitsModel } from './model.ts';
import { transformFor } from './rules.ts';

export interface RecipeOptions {
  readonly config: RecipeConfig;
  readonly data: Mnist;
  /** How the `wasm` backend computes convolutions; left out, as it did before in this process. */
  readonly convolution?: ConvolutionAlgorithm;
  readonly store: CheckpointStore;
  readonly resume?: boolean;
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: TrainEvent) => void;
}

/** A run that came to its end. */
export interface RecipeResult extends Verdict {
  readonly model: LayersModel;
  /** SHA-256 of the final weights. */
  readonly hash: string;
  readonly times: PhaseTimes;
}

/** Seconds between checkpoints: what a killed run loses at most. */
const CHECKPOINT_SECONDS = 1.5;

/**
 * Trains the digits model and judges it on the test pictures. The config, the data and the convolution decide every bit of the result, also when the run
 * is interrupted and resumed.
 *
 * @returns `undefined` where the signal ended the run early; the store then holds where it stands.
 */
export async function runRecipe({
  config,
  data,
  convolution,
  store,
  resume = false,
  signal,
  onEvent,
}: RecipeOptions): Promise<RecipeResult | undefined> {
  await setBackend(config.backend);
  if (config.backend === 'wasm') await registerWasmTrainingKernels(convolution === undefined ? {} : { convolution });
  const { epochs, seed, batchSize, patience } = config;
  const { training, validation } = heldOut(data.training, config);
  const pipeline = pipelineNamed(config.augment, seed);
  const plain = batches(training, { batchSize, shuffle: seed });
  const source = pipeline === undefined ? plain : augmentedBatches(plain, pipeline);
  const model = digitsModel(config.dropout);
  const { stopped, times } = await train({
    model,
    loss: labelSmoothing({ smoothing: config.labelSmoothing }),
    metrics: { accuracy },
    transform: transformFor(config, epochs * source.batchesPerEpoch),
    batches: source,
    epochs,
    seed,
    checkpoints: { store, resume, everySeconds: CHECKPOINT_SECONDS },
    ...(validation === undefined
      ? {}
      : {
          validation: batches(validation, { batchSize: 100, shuffle: false }),
          hooks: [earlyStopping({ model, monitor: 'val_accuracy', patience, restoreBestWeights: true })],
        }),
    ...(signal === undefined ? {} : { signal }),
    ...(onEvent === undefined ? {} : { onEvent }),
  });
  if (stopped === 'signal') return undefined;
  try {
    return { model, times, hash: await weightsHash(model), ...(await judge(model, data.test, signal)) };
  } catch (error) {
    if (isDownhillError(error) && error.code === 'aborted') return undefined;
    throw error;
  }
}

const HELD_OUT = 0.1;

/** The images that are trained on and, where a run may end early, those that say when. */
const heldOut = (data: ArrayData, { patience, seed }: RecipeConfig): { readonly training: ArrayData; readonly validation?: ArrayData } => {
  if (patience === 0) return { training: data };
  const { training, heldOut: validation } = split(data, { share: HELD_OUT, seed });
  return { training, validation };
};

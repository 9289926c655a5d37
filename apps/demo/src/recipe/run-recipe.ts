import { isDownhillError } from '@downhill/core';
import { lastEpochs } from '@downhill/ensembles';
import { earlyStopping } from '@downhill/regularization';
import { optimizer as makeOptimizer } from '@downhill/tfjs';
import { train, weightsHash, type CheckpointStore, type Hook, type PhaseTimes, type TrainEvent } from '@downhill/training';
import type { ConvolutionAlgorithm } from '@downhill/wasm-kernels';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { best, candidatesOf, type Candidate, type Learned } from './candidates.ts';
import type { RecipeConfig } from './config.ts';
import { confusionOf, labelsIn, mistakesOf, type Mistake } from './judge.ts';
import type { Mnist } from './mnist.ts';
import { prepare } from './prepare.ts';
import { transformFor } from './rules.ts';

export interface RecipeOptions {
  readonly config: RecipeConfig;
  readonly data: Mnist;
  /** How the `wasm` backend computes convolutions; left out, as it did before in this process. */
  readonly convolution?: ConvolutionAlgorithm;
  /** Where checkpoints are kept. */
  readonly store: CheckpointStore;
  /** Where the last epochs are kept as an ensemble. */
  readonly members: CheckpointStore;
  readonly resume?: boolean;
  /** Asked after each step whether a checkpoint is wanted now, beside those that time asks for. */
  readonly checkpointWanted?: () => boolean;
  /** Is shown what was learned before it is judged, while the average of the weights is still there. */
  readonly onLearned?: (learned: Learned) => Promise<void>;
  readonly signal?: AbortSignal;
  /** What looks on: meters, the curve doctor. */
  readonly hooks?: readonly Hook[];
  readonly onEvent?: (event: TrainEvent) => void;
}

/** A run that came to its end. */
export interface RecipeResult {
  readonly model: LayersModel;
  /** SHA-256 of the weights that training ended with. */
  readonly hash: string;
  readonly times: PhaseTimes;
  readonly candidates: readonly Candidate[];
  /** The one that does best on the held-out images; what follows is its work on the test images. */
  readonly chosen: Candidate;
  readonly correct: number;
  readonly examples: number;
  /** `confusion[digit][answer]` counts. */
  readonly confusion: readonly (readonly number[])[];
  readonly mistakes: readonly Mistake[];
}

/** Seconds between checkpoints: what a killed run loses at most. */
export const CHECKPOINT_SECONDS = 1.5;

const MISTAKES = 12;

/**
 * Trains the digits model and judges what it learned on the test images. The config, the data and the convolution decide every bit of the result,
 * also when the run is interrupted and resumed.
 *
 * @returns `undefined` where the signal ended the run early; the store then holds where it stands.
 */
export async function runRecipe(options: RecipeOptions): Promise<RecipeResult | undefined> {
  const { config, data, convolution, store, members, resume = false, signal, hooks = [], onEvent, checkpointWanted, onLearned } = options;
  const { epochs, seed, patience } = config;
  const { options: learning, validation, buildModel } = await prepare(config, data.training, convolution);
  const model = buildModel();
  const optimizer = makeOptimizer(transformFor(config, epochs * learning.batches.batchesPerEpoch));
  let result: RecipeResult | undefined;
  try {
    const { stopped, times } = await train({
      ...learning,
      model,
      optimizer,
      epochs,
      seed,
      checkpoints: {
        ...{ store, resume, everySeconds: CHECKPOINT_SECONDS },
        ...(checkpointWanted === undefined ? {} : { wanted: checkpointWanted }),
      },
      hooks: [
        ...hooks,
        ...(config.lastEpochs === 0 ? [] : [lastEpochs({ model, store: members, last: config.lastEpochs })]),
        ...(patience === 0 ? [] : [earlyStopping({ model, monitor: 'val_accuracy', patience, restoreBestWeights: true })]),
      ],
      ...(signal === undefined ? {} : { signal }),
      ...(onEvent === undefined ? {} : { onEvent }),
    });
    if (stopped === 'signal') return undefined;
    const learned = { config, model, optimizer, members, buildModel };
    await onLearned?.(learned);
    const candidates = await candidatesOf(learned, { validation, test: data.test }, signal);
    const chosen = best(candidates);
    result = chosen && { model, times, hash: await weightsHash(model), candidates, chosen, ...judged(chosen, data) };
    return result;
  } catch (error) {
    if (isDownhillError(error) && error.code === 'aborted') return undefined;
    throw error;
  } finally {
    optimizer.dispose();
    if (result === undefined) model.dispose(); // nobody gets it
  }
}

function judged({ outputs, test }: Candidate, data: Mnist): Pick<RecipeResult, 'correct' | 'examples' | 'confusion' | 'mistakes'> {
  const labels = labelsIn(data.test);
  const examples = labels.length;
  return {
    correct: Math.round(test.accuracy * examples),
    examples,
    confusion: confusionOf(outputs, labels),
    mistakes: mistakesOf(outputs, labels, MISTAKES),
  };
}

import '@tensorflow/tfjs-backend-wasm';
import {
  accuracy,
  batches,
  evaluate,
  softmaxCrossEntropy,
  train,
  weightsHash,
  type ArrayData,
  type BatchSource,
  type Loss,
  type TrainEvent,
  type TrainOptions,
} from '@downhill/training';
import { registerWasmTrainingKernels } from '@downhill/wasm-kernels';
import { setBackend } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { Outcome, Watch } from '../experiment.ts';
import { ACCURACY, HELD_OUT_LOSS, TRAINING_LOSS } from '../quantities.ts';

/** One training. */
export interface Fit extends Pick<TrainOptions, 'transform' | 'optimizer' | 'epochs' | 'hooks'> {
  readonly model: LayersModel;
  readonly loss: Loss;
  readonly source: BatchSource;
  /** Where given, the weights are drawn from it; else training goes on with those that the model has. */
  readonly seed?: number;
  readonly validation?: ArrayData;
}

/** One training, and what it is judged by. */
export interface Training extends Fit {
  readonly heldOut: ArrayData;
}

/** Pictures to judge a network by, as they lie. */
export const judged = (data: ArrayData): BatchSource => batches(data, { batchSize: 100, shuffle: false });

/** Trains a network. @returns the loss of the last epoch, or `undefined` where the signal ended it early */
export async function fit({ validation, source, ...options }: Fit, { signal, onStep }: Watch): Promise<number | undefined> {
  let trainingLoss = Number.NaN;
  const onEvent = (event: TrainEvent): void => {
    if (event.type === 'step') onStep(event.step, `epoch ${Math.min(event.epoch + 1, event.epochs)}/${event.epochs}`);
    if (event.type === 'epoch') trainingLoss = event.metrics.loss ?? Number.NaN;
  };
  const { stopped } = await train({
    ...options,
    batches: source,
    metrics: { accuracy },
    signal,
    onEvent,
    ...(validation === undefined ? {} : { validation: judged(validation) }),
  });
  return stopped === 'signal' ? undefined : trainingLoss;
}

/** Trains a network on `wasm`, judges it, and disposes of it. @returns `undefined` where the signal ended it early. */
export async function trainNetwork({ heldOut, ...training }: Training, watch: Watch): Promise<Outcome | undefined> {
  const { model } = training;
  try {
    const trainingLoss = await fit(training, watch);
    if (trainingLoss === undefined) return undefined;
    const found = await evaluate({ model, loss: softmaxCrossEntropy, metrics: { accuracy }, batches: judged(heldOut) });
    const quantities = {
      [ACCURACY]: found.accuracy ?? Number.NaN,
      [HELD_OUT_LOSS]: found.loss ?? Number.NaN,
      [TRAINING_LOSS]: trainingLoss,
    };
    return { quantities, weights: await weightsHash(model) };
  } finally {
    model.dispose();
  }
}

/** Makes the backend ready. */
export async function useWasm(): Promise<void> {
  await setBackend('wasm');
  await registerWasmTrainingKernels({ convolution: 'winograd' });
}

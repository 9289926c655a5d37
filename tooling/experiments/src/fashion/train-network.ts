import '@tensorflow/tfjs-backend-wasm';
import type { Transform } from '@downhill/core';
import {
  accuracy,
  batches,
  evaluate,
  softmaxCrossEntropy,
  train,
  weightsHash,
  type ArrayData,
  type BatchSource,
  type Hook,
  type Loss,
  type TrainEvent,
} from '@downhill/training';
import { registerWasmTrainingKernels } from '@downhill/wasm-kernels';
import { setBackend } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { Outcome, Watch } from '../experiment.ts';
import { ACCURACY, HELD_OUT_LOSS, TRAINING_LOSS } from '../quantities.ts';

/** One training, and what it is judged by. */
export interface Training {
  readonly model: LayersModel;
  readonly loss: Loss;
  readonly transform: Transform;
  readonly source: BatchSource;
  readonly epochs: number;
  readonly seed: number;
  readonly validation?: ArrayData;
  readonly hooks?: readonly Hook[];
  readonly heldOut: ArrayData;
}

/** Trains a network on `wasm`, judges it, and disposes of it. @returns `undefined` where the signal ended it early. */
export async function trainNetwork(
  { model, heldOut, validation, source, ...options }: Training,
  { signal, onStep }: Watch,
): Promise<Outcome | undefined> {
  const judged = (data: ArrayData): BatchSource => batches(data, { batchSize: 100, shuffle: false });
  let trainingLoss = Number.NaN;
  const onEvent = (event: TrainEvent): void => {
    if (event.type === 'step') onStep(event.step, `epoch ${Math.min(event.epoch + 1, event.epochs)}/${event.epochs}`);
    if (event.type === 'epoch') trainingLoss = event.metrics.loss ?? Number.NaN;
  };
  try {
    const { stopped } = await train({
      ...options,
      model,
      batches: source,
      metrics: { accuracy },
      signal,
      onEvent,
      ...(validation === undefined ? {} : { validation: judged(validation) }),
    });
    if (stopped === 'signal') return undefined;
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

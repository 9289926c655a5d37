import { DownhillError } from '@downhill/core';
import { clone, dispose, tidy } from '@tensorflow/tfjs-core';
import { air } from './air.ts';
import { disposeBatch, type Batch, type BatchSource } from './batches.ts';
import type { Loss, Metric } from './losses.ts';
import { addMeans, meansOf, NOTHING, type Sums } from './means.ts';
import { checkModel, predict, type TrainableModel } from './model.ts';
import { batchLoss, batchMetrics, examplesIn, numbersOf } from './objective.ts';
import type { PredictedBatch } from './view.ts';

export interface EvaluateOptions {
  readonly model: TrainableModel;
  readonly batches: BatchSource;
  readonly loss?: Loss;
  readonly metrics?: Readonly<Record<string, Metric>>;
  readonly signal?: AbortSignal;
  /** Looks at each batch and its predictions; its tensors are valid only during the call. */
  readonly onBatch?: (batch: PredictedBatch) => void | Promise<void>;
}

/**
 * The mean loss (`loss`, without penalties) and metrics over a data set; layers run as outside training.
 *
 * @throws DownhillError `aborted` when the signal says so.
 */
export async function evaluate(options: EvaluateOptions): Promise<Record<string, number>> {
  const { model, batches, signal } = options;
  checkModel('evaluate', model);
  let sums: Sums = NOTHING;
  for await (const batch of batches.batches(0)) {
    try {
      if (signal?.aborted === true) throw new DownhillError({ code: 'aborted', source: 'evaluate', problem: 'the signal asked to stop' });
      sums = addMeans(sums, await batchNumbers(batch, options), examplesIn(batch));
    } finally {
      disposeBatch(batch);
    }
    await air();
  }
  return meansOf(sums);
}

async function batchNumbers(batch: Batch, { model, loss, metrics = {}, onBatch }: EvaluateOptions): Promise<Record<string, number>> {
  const { predictions, scalars } = tidy(() => {
    const predictions = clone(predict(model, batch.xs, { training: false })); // what the model gives may be its own
    const measured = batchMetrics(metrics, batch, predictions);
    return { predictions, scalars: loss === undefined ? measured : { loss: batchLoss(loss, batch, predictions), ...measured } };
  });
  try {
    await onBatch?.({ batch, predictions });
    return await numbersOf(scalars);
  } finally {
    dispose([predictions, ...Object.values(scalars)]);
  }
}

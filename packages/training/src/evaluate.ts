import { DownhillError } from '@downhill/core';
import { dispose, tidy } from '@tensorflow/tfjs-core';
import { air } from './air.ts';
import { disposeBatch, type Batch, type BatchSource } from './batches.ts';
import type { Loss, Metric } from './losses.ts';
import { addMeans, meansOf, NOTHING, type Sums } from './means.ts';
import { checkModel, predict, type TrainableModel } from './model.ts';
import { batchLoss, batchMetrics, examplesIn, numbersOf } from './objective.ts';

export interface EvaluateOptions {
  readonly model: TrainableModel;
  readonly batches: BatchSource;
  readonly loss?: Loss;
  readonly metrics?: Readonly<Record<string, Metric>>;
  readonly signal?: AbortSignal;
}

/**
 * The mean loss (`loss`, without penalties) and metrics over a data set; layers run as outside training.
 *
 * @throws DownhillError `aborted` when the signal says so.
 */
export async function evaluate({ model, batches, loss, metrics = {}, signal }: EvaluateOptions): Promise<Record<string, number>> {
  checkModel('evaluate', model);
  let sums: Sums = NOTHING;
  for await (const batch of batches.batches(0)) {
    try {
      if (signal?.aborted === true) throw new DownhillError({ code: 'aborted', source: 'evaluate', problem: 'the signal asked to stop' });
      sums = addMeans(sums, await batchNumbers(model, batch, loss, metrics), examplesIn(batch));
    } finally {
      disposeBatch(batch);
    }
    await air();
  }
  return meansOf(sums);
}

async function batchNumbers(
  model: TrainableModel,
  batch: Batch,
  loss: Loss | undefined,
  metrics: Readonly<Record<string, Metric>>,
): Promise<Record<string, number>> {
  const scalars = tidy(() => {
    const predictions = predict(model, batch.xs, { training: false });
    return { ...(loss === undefined ? {} : { loss: batchLoss(loss, batch, predictions) }), ...batchMetrics(metrics, batch, predictions) };
  });
  try {
    return await numbersOf(scalars);
  } finally {
    dispose(scalars);
  }
}

import {
  batches,
  disposeBatch,
  meanSquaredError,
  predict,
  softmaxCrossEntropy,
  type ArrayData,
  type TrainableModel,
} from '@downhill/training';
import { dispose, tidy } from '@tensorflow/tfjs-core';
import type { CheckedOptions } from './options.ts';
import type { Walk } from './walk.ts';

/** What is known of the task without being told. */
export async function taskOf(
  model: TrainableModel,
  training: ArrayData,
  { loss, ...told }: Pick<CheckedOptions, 'loss' | 'classes' | 'lossFunction'>,
): Promise<Walk['task']> {
  const known = loss === softmaxCrossEntropy ? 'crossEntropy' : loss === meanSquaredError ? 'meanSquaredError' : undefined;
  const lossFunction = told.lossFunction ?? known;
  const classes = told.classes ?? (lossFunction === 'crossEntropy' ? await widthOf(model, training) : undefined);
  return { ...(lossFunction === undefined ? {} : { lossFunction }), ...(classes === undefined ? {} : { classes }) };
}

async function widthOf(model: TrainableModel, training: ArrayData): Promise<number | undefined> {
  for await (const batch of batches(training, { batchSize: 1, shuffle: false }).batches(0)) {
    const predictions = tidy(() => predict(model, batch.xs, { training: false }));
    const width = predictions.shape.at(-1) ?? 1;
    dispose(predictions);
    disposeBatch(batch);
    return width > 1 ? width : undefined;
  }
  return undefined;
}

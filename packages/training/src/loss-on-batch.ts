import { tidy, type Scalar, type Tensor } from '@tensorflow/tfjs-core';
import type { Batch } from './batches.ts';
import type { Loss } from './losses.ts';
import { predict, regularizers, type TrainableModel } from './model.ts';
import { batchLoss, withPenalties } from './objective.ts';

/** What a step of training differentiates. */
export interface LossObjective {
  readonly model: TrainableModel;
  readonly loss: Loss;
  /** Terms that are added to the loss. */
  readonly penalties?: () => readonly Scalar[];
}

/**
 * The number that a step of training differentiates: the batch's mean loss, what the layers' regularizers add, and the penalties.
 * The batch stays the caller's, who disposes of the result.
 *
 * @param mode Whether layers run as in training (dropout on, batch statistics) or as in inference.
 */
export function lossOnBatch(objective: LossObjective, batch: Batch, mode: { readonly training: boolean }): Scalar {
  return tidy(() => lossOfPredictions(objective, batch, predict(objective.model, batch.xs, mode)));
}

/** {@link lossOnBatch} where the model's predictions are there already. */
export function lossOfPredictions({ model, loss, penalties = () => [] }: LossObjective, batch: Batch, predictions: Tensor): Scalar {
  return withPenalties(batchLoss(loss, batch, predictions), [...regularizers(model), ...penalties()]);
}

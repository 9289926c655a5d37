import { dispose, keep, tidy, variableGrads, type NamedTensorMap, type Optimizer, type Scalar, type Tensor } from '@tensorflow/tfjs-core';
import { disposeAbandonedTape } from '@downhill/tfjs';
import type { Batch } from './batches.ts';
import type { Loss, Metric } from './losses.ts';
import { lossOfPredictions } from './loss-on-batch.ts';
import { predict, trainableVariables, type TrainableModel } from './model.ts';
import { batchMetrics } from './objective.ts';

/** What is learned, and from what. */
export interface Objective {
  readonly model: TrainableModel;
  readonly loss: Loss;
  readonly metrics: Readonly<Record<string, Metric>>;
  readonly penalties: () => readonly Scalar[];
}

/** The tensors of a step; whoever asked for them disposes of them. */
export interface StepTensors {
  readonly loss: Scalar;
  /** Those of the first evaluation. */
  readonly predictions: Tensor;
  readonly metrics: Readonly<Record<string, Scalar>>;
  /** By variable name; empty where the update is done already. */
  readonly gradients: NamedTensorMap;
}

/** Forward and backward. */
export function gradientStep(objective: Objective, batch: Batch): StepTensors {
  return evaluateOnce(objective, batch, (loss) => {
    const { value, grads } = variableGrads(loss, trainableVariables(objective.model));
    return { loss: value, gradients: grads };
  });
}

/** A whole step of a rule that evaluates the loss several times; metrics are those of the first evaluation. */
export function minimizeStep(objective: Objective, batch: Batch, optimizer: Optimizer): StepTensors {
  return evaluateOnce(objective, batch, (loss) => {
    const value = optimizer.minimize(loss, true, trainableVariables(objective.model));
    if (value === null) throw new Error('train: the optimizer returned no loss');
    return { loss: value, gradients: {} };
  });
}

function evaluateOnce(
  objective: Objective,
  batch: Batch,
  work: (loss: () => Scalar) => { readonly loss: Scalar; readonly gradients: NamedTensorMap },
): StepTensors {
  const { model, metrics } = objective;
  let predictions: Tensor | undefined;
  const lossOf = (): Scalar => {
    const output = predict(model, batch.xs, { training: true });
    predictions ??= keep(output);
    return lossOfPredictions(objective, batch, output);
  };
  try {
    const result = tidy(() => {
      const result = work(lossOf);
      if (predictions === undefined) throw new Error('train: the optimizer did not evaluate the loss');
      return { ...result, metrics: batchMetrics(metrics, batch, predictions) };
    });
    return { ...result, predictions: predictions as unknown as Tensor };
  } catch (error) {
    dispose(predictions);
    disposeAbandonedTape();
    throw error;
  }
}

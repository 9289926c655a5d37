import type { HookView } from '@downhill/core';
import type { NamedTensorMap, Optimizer, Scalar, Tensor } from '@tensorflow/tfjs-core';
import type { OptimizerStatistics } from './adapter.ts';
import type { Batch, BatchSource } from './batches.ts';
import type { Loss } from './losses.ts';
import type { TrainableModel } from './model.ts';

/** What hooks of {@link train} get to see. */
export interface TrainView extends HookView {
  readonly run: Run;
  readonly batch: Batch;
  /** By variable name. */
  readonly gradients: NamedTensorMap;
  readonly step: Step;
  readonly validation: PredictedBatch;
}

/** What a run is made of. */
export interface Run {
  readonly model: TrainableModel;
  readonly loss: Loss;
  readonly optimizer: Optimizer;
  readonly batches: BatchSource;
  readonly validation?: BatchSource;
  /** Whether steps show their gradients: a rule that takes them itself, several times a step, keeps them. */
  readonly showsGradients: boolean;
  /** What is minimized: a batch's loss with sample weights, regularizers and penalties. The caller disposes of it. */
  objective(batch: Batch, mode: { readonly training: boolean }): Scalar;
}

export interface PredictedBatch {
  readonly batch: Batch;
  /** One row an example. */
  readonly predictions: Tensor;
}

/** What a step computed on its way. */
export interface Step extends PredictedBatch {
  /** By variable name; empty where the rule takes the gradients itself, several times a step. */
  readonly gradients: NamedTensorMap;
  /** The optimizer's statistics of its last step, by variable name and `rule/name`; empty for an optimizer that has none. */
  statistics(): Promise<OptimizerStatistics>;
}

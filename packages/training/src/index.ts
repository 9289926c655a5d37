export { train, type TrainResult } from './train.ts';
export type { Hook, TrainOptions, ValidationView } from './train-options.ts';
export type { PredictedBatch, Run, Step, TrainView } from './view.ts';
export { scalarsOf, setReadsStatistics, statisticsOf, type OptimizerStatistics } from './adapter.ts';
export type { Stopped, TrainEvent } from './events.ts';
export type { PhaseTimes } from './clock.ts';
export { lossOnBatch, type LossObjective } from './loss-on-batch.ts';
export {
  checkModel,
  isLayersModel,
  modelVariables,
  namedVariables,
  predict,
  trainableVariables,
  type FunctionModel,
  type NamedVariable,
  type TrainableModel,
} from './model.ts';
export { evaluate, type EvaluateOptions } from './evaluate.ts';
export { examplesOf, split, valuesPerExample, type ArrayData, type Column, type SplitOptions } from './array-data.ts';
export { batches, disposeBatch, type Batch, type BatchesOptions, type BatchSource } from './batches.ts';
export { distillation, withTeacher, type DistillationOptions } from './distillation.ts';
export { accuracy, meanSquaredError, softmaxCrossEntropy, type Loss, type Metric } from './losses.ts';
export type { CheckpointOptions } from './checkpoint/checkpointer.ts';
export {
  checkpointNames,
  decodeCheckpoint,
  encodeCheckpoint,
  latestCheckpoint,
  type Checkpoint,
  type NamedCheckpoint,
  type RunState,
} from './checkpoint/checkpoint.ts';
export {
  decodeSafetensors,
  encodeSafetensors,
  type StoredTensor,
  type StoredType,
  type StoredValues,
  type TensorFile,
} from './checkpoint/safetensors.ts';
export { sha256 } from './checkpoint/seal.ts';
export { indexedDbStore, memoryStore, type CheckpointStore, type IndexedDbStoreOptions } from '@downhill/core';
export { captureWeights, checkpointWeights, restoreWeights, type CaptureOptions, type RestoreOptions } from './snapshot.ts';
export { weightsHash } from './weights-hash.ts';
export { air } from './air.ts';

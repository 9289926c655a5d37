export { checkpointCallback, type CheckpointCallback, type CheckpointCallbackOptions } from './fit-callback.ts';
export { batchDataset, type BatchDataset, type DatasetBatch } from './batch-dataset.ts';

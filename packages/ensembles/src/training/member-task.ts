import type { Json } from '@downhill/core';
import { captureWeights, checkModel, type CheckpointStore, type StoredTensor, type TrainableModel } from '@downhill/training';
import { disposeModel } from '../members/model-member.ts';
import type { MemberPlan } from './plan.ts';

/** What a member's trainer is handed. */
export interface MemberTask extends MemberPlan {
  /** Aborted when the ensemble is to stop: hand it to `train`. What is returned afterwards is not taken for a finished member. */
  readonly signal: AbortSignal;
  /** For the member's own checkpoints, so that it goes on where it stopped: `checkpoints: { store: task.checkpoints, resume: true }`. */
  readonly checkpoints: CheckpointStore;
  /** Tells whoever listens to the ensemble how far the member is: `onEvent: task.report`. Takes what `structuredClone` can copy. */
  readonly report: (progress: unknown) => void;
  /** What `trainEnsemble` was given as `data`. */
  readonly data?: unknown;
}

/** Weights, as `captureWeights` of `@downhill/training` gives them, and what is to be kept beside them in the manifest. */
export interface TrainedWeights {
  readonly weights: ReadonlyMap<string, StoredTensor>;
  readonly info?: Json;
}

/** Trains one member; everything that it draws comes from `task.seed`. A model that it returns is saved and disposed of. */
export type MemberTrainer = (task: MemberTask) => TrainableModel | TrainedWeights | Promise<TrainableModel | TrainedWeights>;

/** The weights of what a trainer returned. @throws DownhillError `invalid-argument` where that is neither a model nor weights. */
export async function weightsOf(trained: TrainableModel | TrainedWeights): Promise<TrainedWeights> {
  if (isWeights(trained)) return { ...trained, weights: new Map(Array.from(trained.weights, ([name, tensor]) => [name, copied(tensor)])) };
  checkModel('trainMember', trained);
  try {
    return { weights: await captureWeights(trained) };
  } finally {
    disposeModel(trained);
  }
}

const isWeights = (trained: TrainableModel | TrainedWeights): trained is TrainedWeights =>
  (trained as Partial<TrainedWeights> | undefined)?.weights instanceof Map; // a LayersModel has a list under this name

const copied = ({ dtype, shape, values }: StoredTensor): StoredTensor => ({ dtype, shape, values: values.slice() });

/** A store within a store: its names begin with a prefix there. */
function prefixedStore(store: CheckpointStore, prefix: string): CheckpointStore {
  return {
    list: async () => (await store.list()).filter((name) => name.startsWith(prefix)).map((name) => name.slice(prefix.length)),
    read: (name) => store.read(prefix + name),
    write: (name, bytes) => store.write(prefix + name, bytes),
    remove: (name) => store.remove(prefix + name),
  };
}

/** Where a member keeps its checkpoints in the ensemble's store. */
export const checkpointsOf = (store: CheckpointStore, name: string): CheckpointStore => prefixedStore(store, `${name}.`);

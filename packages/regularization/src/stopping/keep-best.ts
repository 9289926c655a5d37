import { checkMonitored, complete, DownhillError, monitored, numberFromJson, numberToJson, show, type TrainingHook } from '@downhill/core';
import {
  captureWeights,
  checkModel,
  decodeCheckpoint,
  encodeCheckpoint,
  restoreWeights,
  type CheckpointStore,
  type TrainableModel,
} from '@downhill/training';
import { MONITOR, monitorOf, type MonitorOptions } from './monitor.ts';

/** Options of {@link keepBest}. */
export interface KeepBestOptions extends MonitorOptions {
  /** The model that is trained. */
  readonly model: TrainableModel;
  /** Where the file is kept; it may be the store of the run's checkpoints, which leave it alone. */
  readonly store: CheckpointStore;
  /** The file. @defaultValue 'best.safetensors' */
  readonly name?: string;
}

/**
 * Keeps the weights of the best epoch so far in a store: Keras's `ModelCheckpoint(save_best_only=True)`. {@link restoreBest} reads them.
 *
 * A NaN is never kept. The file is written anew at each improvement, and is whole at every moment if the store's `write` is atomic.
 *
 * @example
 * const hook = keepBest({ model: { variables: [], predict: (x) => x }, store: memoryStore(), monitor: 'val_accuracy' });
 * hook.name; // 'keepBest'
 *
 * @throws DownhillError `invalid-argument` for wrong options; at the start of the run `unknown-name` for a metric that does not exist.
 */
export function keepBest(options: KeepBestOptions): TrainingHook {
  const defaults = { ...MONITOR, model: undefined, store: undefined, name: 'best.safetensors' };
  const { model, store, name, ...watched } = complete('keepBest', options, defaults);
  const monitor = monitorOf('keepBest', watched);
  checkModel('keepBest', model);
  checkStore(store);
  let best: number | null = null;
  return {
    kind: 'hook',
    name: 'keepBest',
    onStart({ step, metrics }) {
      checkMonitored('keepBest', monitor.name, metrics);
      if (step === 0) best = null;
    },
    async onEpoch({ step, epoch, metrics }) {
      const value = monitored('keepBest', monitor.name, metrics);
      if (Number.isNaN(value) || !monitor.improves(value, best)) return;
      const state = {
        step,
        epoch,
        batch: 0,
        stopped: false,
        sums: { examples: 0, totals: {} },
        seed: null,
        transform: null,
        slots: [],
        hooks: {},
      };
      await store.write(name, await encodeCheckpoint({ tensors: await captureWeights(model), state }));
      best = value;
    },
    saveState: () => numberToJson(best),
    loadState(saved) {
      best = numberFromJson(saved as number | string | null);
    },
  };
}

function checkStore(store: unknown): asserts store is CheckpointStore {
  if (typeof (store as Partial<CheckpointStore> | undefined)?.write === 'function') return;
  throw new DownhillError({
    code: 'invalid-argument',
    source: 'keepBest',
    problem: `\`store\` must be a store, got ${show(store)}`,
    advice: "Pass memoryStore(), or fileStore('folder') of @downhill/training/node.",
  });
}

/**
 * Gives a model the weights that {@link keepBest} kept.
 *
 * @example
 * const store = memoryStore();
 * const goBack = (model) => restoreBest({ model, store });
 * goBack.length; // 1
 *
 * @returns The step and the epochs that were finished then.
 * @throws DownhillError `checkpoint-invalid` for a damaged file, `state-mismatch` where it is another model's.
 */
export async function restoreBest({ model, store, name = 'best.safetensors' }: Pick<KeepBestOptions, 'model' | 'store' | 'name'>): Promise<{
  readonly step: number;
  readonly epoch: number;
}> {
  const { tensors, state } = await decodeCheckpoint(name, await store.read(name));
  restoreWeights(model, tensors, name);
  return { step: state.step, epoch: state.epoch };
}

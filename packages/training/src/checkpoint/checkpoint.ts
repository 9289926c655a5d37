import type { CheckpointStore, Json } from '@downhill/core';
import { decodeSafetensors, invalid, type StoredTensor } from './safetensors.ts';
import { checkSeal, seal } from './seal.ts';

/** Everything that a run needs to go on with the same bits. */
export interface Checkpoint {
  /** Weights as `model/<layer>/<weight>`, the optimizer's state as `optimizer/<layer>/<weight>/<slot>`. */
  readonly tensors: ReadonlyMap<string, StoredTensor>;
  readonly state: RunState;
}

export interface RunState {
  /** Optimizer steps finished. */
  readonly step: number;
  /** Epochs finished. */
  readonly epoch: number;
  /** Batches of the current epoch that are finished. */
  readonly batch: number;
  /** Whether a hook ended the run. */
  readonly stopped: boolean;
  /** The sums behind the current epoch's mean loss and metrics. */
  readonly sums: { readonly examples: number; readonly totals: Readonly<Record<string, number>> };
  readonly seed: number | null;
  /** Training forwards of each stochastic layer, by its place in the model. Older checkpoints have none. */
  readonly draws?: Readonly<Record<string, number>>;
  /** The transform as JSON, its schedules included: for the record, and for building it again. */
  readonly transform: Json;
  /** The optimizer's tensors in its own order. */
  readonly slots: readonly string[];
  /** What the hooks keep, by name. */
  readonly hooks: Readonly<Record<string, Json>>;
}

const FORMAT = 'downhill-checkpoint';
const VERSION = '1';

/** A checkpoint as the bytes of a safetensors file, with its own SHA-256 in the metadata. */
export function encodeCheckpoint({ tensors, state }: Checkpoint): Promise<Uint8Array> {
  const metadata = { format: FORMAT, version: VERSION, step: String(state.step), epoch: String(state.epoch), state: JSON.stringify(state) };
  return seal({ tensors, metadata });
}

/** @throws DownhillError `checkpoint-invalid`, naming the file, where it is cut short, altered or none of ours. */
export async function decodeCheckpoint(name: string, bytes: Uint8Array): Promise<Checkpoint> {
  const { tensors, metadata } = decodeSafetensors(name, bytes);
  await checkSeal(name, bytes, metadata);
  if (metadata.format !== FORMAT || metadata.version !== VERSION || metadata.state === undefined)
    throw invalid(name, `it is no ${FORMAT} of version ${VERSION} (format ${metadata.format}, version ${metadata.version})`);
  return { tensors, state: JSON.parse(metadata.state) as RunState }; // the hash has shown that we wrote it
}

/** The name of a step's checkpoint; names sort as steps do. */
export function checkpointName(step: number): string {
  return `step-${String(step).padStart(9, '0')}.safetensors`;
}

export interface NamedCheckpoint extends Checkpoint {
  readonly name: string;
}

/**
 * The newest checkpoint of a store that is whole; `undefined` where the store is empty.
 *
 * @param onRefused Hears of each newer one that is damaged.
 * @throws DownhillError `checkpoint-invalid` where there are checkpoints and none is whole.
 */
export async function latestCheckpoint(
  store: CheckpointStore,
  onRefused: (name: string, error: Error) => void = () => {},
): Promise<NamedCheckpoint | undefined> {
  let refused: Error | undefined;
  for (const name of (await checkpointNames(store)).toReversed()) {
    try {
      return { name, ...(await decodeCheckpoint(name, await store.read(name))) };
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      refused ??= error;
      onRefused(name, error);
    }
  }
  if (refused !== undefined) throw refused;
  return undefined;
}

/** Writes a checkpoint, then removes all but the last `keep`. */
export async function saveCheckpoint(store: CheckpointStore, checkpoint: Checkpoint, keep: number): Promise<string> {
  const name = checkpointName(checkpoint.state.step);
  await store.write(name, await encodeCheckpoint(checkpoint));
  for (const old of (await checkpointNames(store)).slice(0, -keep)) if (old !== name) await store.remove(old);
  return name;
}

/** The names of a store's checkpoints, oldest first. */
export async function checkpointNames(store: CheckpointStore): Promise<string[]> {
  return (await store.list()).filter((name) => /^step-\d+\.safetensors$/.test(name)).sort();
}

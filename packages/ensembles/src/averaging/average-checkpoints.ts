import { checkNumber, complete, DownhillError } from '@downhill/core';
import {
  checkpointNames,
  checkpointWeights,
  decodeCheckpoint,
  type CheckpointStore,
  type RunState,
  type StoredTensor,
} from '@downhill/training';
import { weightSum } from './average-weights.ts';

/** Options of {@link averageCheckpoints}. */
export interface AverageCheckpointsOptions {
  /** How many are averaged, counted from the newest. @defaultValue 3: as many as `train` keeps (Vaswani et al. 2017 average 5) */
  readonly last?: number;
  /** Which may be averaged: `({ epoch, batch }) => batch === 0 && epoch >= 98` takes ends of epochs. @defaultValue all */
  readonly pick?: (state: RunState) => boolean;
  /** Hears of each checkpoint that is damaged and passed over. @defaultValue nobody */
  readonly onRefused?: (name: string, error: Error) => void;
}

/** The average of checkpoints, and of which. */
export interface CheckpointAverage {
  /** For `restoreWeights` and `withWeights`. */
  readonly weights: Map<string, StoredTensor>;
  /** The checkpoints in it, oldest first. */
  readonly names: readonly string[];
}

/**
 * The equal average of the weights in a store's last checkpoints, read one at a time.
 *
 * `train` keeps 3 unless told otherwise: `checkpoints: { store, everyEpochs: 1, everySeconds: 1e9, keep: 5 }` leaves the ends of the last 5 epochs.
 *
 * @example
 * const store = memoryStore();
 * (await averageCheckpoints(store).catch(({ code }) => code)); // 'data-invalid'
 *
 * @throws DownhillError `data-invalid` where the store has fewer than `last` that are whole and picked; `state-mismatch`, naming the first difference,
 * where they are of different models.
 */
export async function averageCheckpoints(store: CheckpointStore, options: AverageCheckpointsOptions = {}): Promise<CheckpointAverage> {
  const { last, pick, onRefused } = complete('averageCheckpoints', options, {
    last: 3,
    pick: () => true,
    onRefused: () => {},
  });
  checkNumber('averageCheckpoints', { last }, { min: 1, integer: true });
  const sum = weightSum('averageCheckpoints');
  const names: string[] = [];
  const all = await checkpointNames(store);
  for (const name of all.toReversed()) {
    if (names.length === last) break;
    const found = await decodeCheckpoint(name, await store.read(name)).catch((error: Error) => onRefused(name, error));
    if (found === undefined || !pick(found.state)) continue;
    sum.add(checkpointWeights(found), name);
    names.unshift(name);
  }
  if (names.length < last)
    throw new DownhillError({
      code: 'data-invalid',
      source: 'averageCheckpoints',
      problem: `\`last\` is ${last}, but of the store's checkpoints (${all.join(', ') || 'none'}) only ${names.length} can be averaged (${names.join(', ') || 'none'})`,
      advice: 'Let train keep more of them with checkpoints: { keep }, or lower `last`.',
    });
  return { weights: sum.mean(), names };
}

import { queryReader } from '../shell/query-reader.ts';
import type { AddressCodec } from '../shell/use-address-state.ts';
import { writtenFields } from '../shell/written-fields.ts';
import { CYCLES, DEFAULT_SNAPSHOTS, EPOCHS, RATES, SEEDS, type SnapshotState } from './snapshot-state.ts';

/** The run as parts of an address; what is as usual is left out. */
export const snapshotAddress: AddressCodec<SnapshotState> = {
  write: (state) => writtenFields(state, DEFAULT_SNAPSHOTS),
  read(query) {
    const { number, problems } = queryReader(query);
    const state: SnapshotState = {
      cycles: number('cycles', DEFAULT_SNAPSHOTS.cycles, CYCLES),
      rate: number('rate', DEFAULT_SNAPSHOTS.rate, RATES),
      epochs: number('epochs', DEFAULT_SNAPSHOTS.epochs, EPOCHS),
      seed: number('seed', DEFAULT_SNAPSHOTS.seed, SEEDS),
    };
    return { state, problems };
  },
};

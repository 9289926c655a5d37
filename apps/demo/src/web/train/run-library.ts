import type { CheckpointStore } from '@downhill/core';
import { decodeRecord, encodeRecord, type RunRecord } from './run-record.ts';

/** Gives the store of a folder. */
export type Stores = (folder: string) => CheckpointStore;

/** The runs that this browser remembers: a record each, beside the run's checkpoints and members. */
export interface RunLibrary {
  /** Newest first. */
  list(): Promise<readonly RunRecord[]>;
  find(id: string): Promise<RunRecord | undefined>;
  save(record: RunRecord): Promise<void>;
  forget(id: string): Promise<void>;
  checkpointsOf(id: string): CheckpointStore;
  membersOf(id: string): CheckpointStore;
}

export function runLibrary(stores: Stores): RunLibrary {
  const records = stores('runs');
  const checkpointsOf = (id: string): CheckpointStore => stores(`runs/${id}/checkpoints`);
  const membersOf = (id: string): CheckpointStore => stores(`runs/${id}/members`);
  const find = async (id: string): Promise<RunRecord | undefined> => decodeRecord(await records.read(`${id}.json`));
  return {
    async list() {
      const names = (await records.list()).filter((name) => name.endsWith('.json'));
      const found = await Promise.all(names.map((name) => find(name.slice(0, -'.json'.length))));
      return found.filter((record) => record !== undefined).toSorted((a, b) => b.started - a.started);
    },
    find,
    save: (record) => records.write(`${record.id}.json`, encodeRecord(record)),
    async forget(id) {
      for (const store of [checkpointsOf(id), membersOf(id)]) for (const name of await store.list()) await store.remove(name);
      await records.remove(`${id}.json`);
    },
    checkpointsOf,
    membersOf,
  };
}

import { DownhillError, isDownhillError } from '@downhill/core';
import type { Storage } from '../storages/storage.ts';
import type { StudyEvent } from '../storages/study-event.ts';
import { replay } from './replay/replay.ts';
import type { Replay, StoredTrial } from './replay/stored.ts';

type Unsigned<Event> = Event extends StudyEvent ? Omit<Event, 'worker'> : never;
export type NewEvent = Unsigned<StudyEvent>;

/** A storage and what its events say. All studies that are opened over one storage object share it, so that none takes another's trial. */
export interface Ledger {
  readonly storage: Storage;
  readonly state: Replay;
  /** Runs actions one after the other: what one reads does not change before it has appended. */
  exclusive<Result>(action: () => Promise<Result>): Promise<Result>;
  /** Appends and reads on; without events it only reads. Call it in an exclusive action. */
  sync(...events: readonly NewEvent[]): Promise<void>;
  /** The trial as it stands. */
  trial(id: number): StoredTrial;
}

const ledgers = /* @__PURE__ */ new WeakMap<Storage, Ledger>();

export function ledgerOf(storage: Storage): Ledger {
  const known = ledgers.get(storage);
  if (known !== undefined) return known;
  const made = ledger(storage);
  ledgers.set(storage, made);
  return made;
}

function ledger(storage: Storage): Ledger {
  const state = replay([]);
  const { worker } = storage;
  let applied = 0;
  let last: Promise<unknown> = Promise.resolve();
  return {
    storage,
    state,
    exclusive(action) {
      const result = last.then(action);
      last = result.catch(() => undefined);
      return result;
    },
    async sync(...events) {
      const signed: readonly StudyEvent[] = events.map((event) => ({ ...event, worker }));
      const read = await fromStorage(async () => {
        if (signed.length > 0) await storage.append(signed);
        return storage.read(applied);
      });
      applied += read.length;
      replay(read, state);
    },
    trial: (id) => state.trials[id] as StoredTrial,
  };
}

async function fromStorage<Result>(action: () => Promise<Result>): Promise<Result> {
  try {
    return await action();
  } catch (cause) {
    if (isDownhillError(cause)) throw cause;
    throw new DownhillError({
      code: 'write-failed',
      source: 'study',
      problem: `the storage failed: ${String(cause)}`,
      advice: 'What it had taken before is kept: open the study again when it works.',
      cause,
    });
  }
}

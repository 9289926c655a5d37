import type { CheckpointStore } from './checkpoint-store.ts';
import { complete } from './complete.ts';
import { DownhillError } from './errors.ts';

/** Options of {@link indexedDbStore}. */
export interface IndexedDbStoreOptions {
  /** The database's name in the browser. @defaultValue 'downhill' */
  readonly database?: string;
}

const FILES = 'files';
const VERSION = 1;

/**
 * Keeps checkpoints, and other files that belong to them, in a browser's database (IndexedDB), on pages and in workers. A folder is a part of
 * their names: stores of other folders share the database and do not see one another's files.
 *
 * A file appears whole or not at all: it is written in one transaction, which the browser is asked to bring to the disk (`durability: 'strict'`)
 * before `write` resolves.
 *
 * @example
 * const store = indexedDbStore('runs/a', { database: 'downhill' });
 * typeof store.write; // 'function'
 *
 * @throws DownhillError `write-failed` from each of its functions where the browser refuses storage, or has no more room; what was there stays.
 */
export function indexedDbStore(folder: string, options: IndexedDbStoreOptions = {}): CheckpointStore {
  const { database } = complete('indexedDbStore', options, { database: 'downhill' });
  const prefix = `${folder}/`;
  const perform = async <Result>(mode: IDBTransactionMode, request: (files: IDBObjectStore) => IDBRequest<Result>): Promise<Result> => {
    try {
      const opened = await openDatabase(database);
      try {
        return await transact(opened, mode, request);
      } finally {
        opened.close(); // an open one would keep others from deleting it
      }
    } catch (cause) {
      throw refused(folder, cause);
    }
  };
  return {
    async list() {
      const keys = await perform('readonly', (files) => files.getAllKeys(IDBKeyRange.bound(prefix, `${prefix}\uffff`)));
      return keys.map((key) => String(key).slice(prefix.length)).filter((name) => !name.includes('/'));
    },
    async read(name) {
      const bytes = await perform<unknown>('readonly', (files) => files.get(prefix + name));
      if (bytes instanceof Uint8Array) return bytes;
      throw new Error(`indexedDbStore: there is no '${name}' in '${folder}'`);
    },
    async write(name, bytes) {
      const copy = bytes.slice(); // now: the caller's may change while the database opens
      await perform('readwrite', (files) => files.put(copy, prefix + name));
    },
    async remove(name) {
      await perform('readwrite', (files) => files.delete(prefix + name));
    },
  };
}

function openDatabase(name: string): Promise<IDBDatabase> {
  const request = indexedDB.open(name, VERSION);
  request.onupgradeneeded = () => request.result.createObjectStore(FILES);
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('the database did not open'));
  });
}

/** One request as a transaction of its own; it is done when the transaction is, not when the request is. */
function transact<Result>(
  database: IDBDatabase,
  mode: IDBTransactionMode,
  request: (files: IDBObjectStore) => IDBRequest<Result>,
): Promise<Result> {
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(FILES, mode, { durability: 'strict' });
    const asked = request(transaction.objectStore(FILES));
    transaction.oncomplete = () => resolve(asked.result);
    transaction.onabort = () => reject(transaction.error ?? asked.error ?? new Error('the transaction was aborted'));
  });
}

function refused(folder: string, cause: unknown): DownhillError {
  const { name = '', message = String(cause) } = (cause ?? {}) as Partial<Error>;
  const full = name === 'QuotaExceededError';
  return new DownhillError({
    code: 'write-failed',
    source: `indexedDbStore('${folder}')`,
    problem: full ? "the browser's storage is full" : `the browser refuses its storage (${message})`,
    advice: full
      ? 'Remove old runs, or free space on the disk; what was kept before is still there.'
      : 'Private windows and blocked site data do so; what is not kept is lost with the page.',
    cause,
  });
}

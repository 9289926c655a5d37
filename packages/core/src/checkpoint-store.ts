/**
 * Where checkpoints are kept: a folder, a browser's database, memory. A store knows names and bytes, and nothing of what they mean.
 * `write` is atomic: after a crash at any moment, `read` gives all of the old bytes or all of the new ones.
 */
export interface CheckpointStore {
  /** The names that can be read, in any order. */
  list(): Promise<readonly string[]>;
  read(name: string): Promise<Uint8Array>;
  write(name: string, bytes: Uint8Array): Promise<void>;
  /** A name that is not there is no error. */
  remove(name: string): Promise<void>;
}

/** A store that lasts as long as the process: for tests, and for going back within a run. */
export function memoryStore(): CheckpointStore {
  const files = new Map<string, Uint8Array>();
  return {
    list: async () => [...files.keys()],
    async read(name) {
      const bytes = files.get(name);
      if (bytes === undefined) throw new Error(`memoryStore: there is no '${name}'`);
      return bytes.slice();
    },
    async write(name, bytes) {
      files.set(name, bytes.slice());
    },
    async remove(name) {
      files.delete(name);
    },
  };
}

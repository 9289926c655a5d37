import { memoryStore, type CheckpointStore } from '@downhill/core';

/**
 * A store that keeps in memory what another one refuses to take, so that a run goes on and can be gone back in until the page is left.
 *
 * @param onRefused Hears of each refusal.
 */
export function orMemory(store: CheckpointStore, onRefused: (error: unknown) => void): CheckpointStore {
  const memory = memoryStore();
  const told = <Result>(instead: Result) => {
    return (error: unknown): Result => {
      onRefused(error);
      return instead;
    };
  };
  return {
    async list() {
      const kept = await store.list().catch(told([] as readonly string[]));
      return [...new Set([...kept, ...(await memory.list())])];
    },
    read: async (name) => ((await memory.list()).includes(name) ? memory.read(name) : store.read(name)),
    async write(name, bytes) {
      const copy = bytes.slice();
      const isKept = await store.write(name, copy).then(() => true, told(false));
      if (isKept) await memory.remove(name);
      else await memory.write(name, copy);
    },
    async remove(name) {
      await memory.remove(name);
      await store.remove(name).catch(told(undefined));
    },
  };
}

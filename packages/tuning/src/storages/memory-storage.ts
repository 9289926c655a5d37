import { memoryStore, type CheckpointStore } from '@downhill/core';
import type { Storage } from './storage.ts';
import type { StudyEvent } from './study-event.ts';

/** A storage that lasts as long as the process. */
export interface MemoryStorage extends Storage {
  /** Another worker's way to the same memory. */
  another(): MemoryStorage;
  /** Ends this worker: what it was running can be run by others. The memory stays. */
  close(): void;
}

interface Memory {
  readonly events: StudyEvent[];
  readonly checkpoints: Map<string, CheckpointStore>;
  readonly workers: Set<string>;
  opened: number;
}

/**
 * Keeps studies in memory.
 *
 * @example
 * const storage = memoryStorage();
 * storage.isAlive(storage.worker); // true
 * await storage.read(0); // []
 */
export function memoryStorage(): MemoryStorage {
  return openMemory({ events: [], checkpoints: new Map(), workers: new Set(), opened: 0 });
}

function openMemory(memory: Memory): MemoryStorage {
  const worker = `memory-${memory.opened}`;
  memory.opened += 1;
  memory.workers.add(worker);
  return Object.freeze({
    worker,
    read: async (from) => memory.events.slice(from),
    async append(events) {
      memory.events.push(...structuredClone(events));
    },
    isAlive: (name) => memory.workers.has(name),
    checkpoints(key) {
      const store = memory.checkpoints.get(key) ?? memoryStore();
      memory.checkpoints.set(key, store);
      return store;
    },
    another: () => openMemory(memory),
    close: () => void memory.workers.delete(worker),
  } satisfies MemoryStorage);
}

import type { CheckpointStore } from '@downhill/core';
import type { StudyEvent } from './study-event.ts';

/**
 * Where studies are kept: a list of events that only grows, and the checkpoints of trials. All that a study knows is read from it.
 *
 * There are `memoryStorage` and `journalFile`. Another one, over a database say, is an object with these five members, whatever it is made of;
 * `testStorage` of `@downhill/tuning/testing` tests it.
 *
 * @example
 * const events = [];
 * const ofBrowserTab = {
 *   worker: 'tab-1',
 *   read: async (from) => events.slice(from),
 *   append: async (more) => void events.push(...more),
 *   isAlive: (worker) => worker === 'tab-1',
 *   checkpoints: () => memoryStore(),
 * };
 * await ofBrowserTab.append([{ worker: 'tab-1', type: 'study', name: 'mnist', direction: 'minimize' }]);
 * (await ofBrowserTab.read(0)).length; // 1
 */
export interface Storage {
  /** The name under which this process, or this opening of it, appends. Another process has another. */
  readonly worker: string;
  /** The events from number `from` on, in the order in which they were appended, by whomever: everybody sees the same. */
  read(from: number): Promise<readonly StudyEvent[]>;
  /** Appends events together, after all that others have appended, and with none of theirs between. They last when it resolves. */
  append(events: readonly StudyEvent[]): Promise<void>;
  /** Whether whoever appends under this name may still do so; a running trial of one that cannot is run again. */
  isAlive(worker: string): boolean;
  /** The checkpoints of one trial; `key` is made of letters, digits and hyphens. */
  checkpoints(key: string): CheckpointStore;
}

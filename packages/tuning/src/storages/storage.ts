import type { CheckpointStore } from '@downhill/core';
import type { StudyEvent } from './study-event.ts';

/** Where studies are kept: a list of events that only grows, and the checkpoints of trials. All that a study knows is read from it. */
export interface Storage {
  /** The name under which this process, or this opening of it, appends. Another process has another. */
  readonly worker: string;
  /** The events from number `from` on, in the order in which they were appended, by whomever. */
  read(from: number): Promise<readonly StudyEvent[]>;
  /** Appends events together, after all that others have appended. They last when it resolves. */
  append(events: readonly StudyEvent[]): Promise<void>;
  /** Whether whoever appends under this name may still do so; a running trial of one that cannot is run again. */
  isAlive(worker: string): boolean;
  /** The checkpoints of one trial; `key` is made of letters, digits and hyphens. */
  checkpoints(key: string): CheckpointStore;
}

import type { MessagePort } from 'node:worker_threads';
import type { MemberTask } from './member-task.ts';

/** What a worker thread is asked: a task without what cannot cross over, and how to make that again. */
export interface WorkerRequest extends Omit<MemberTask, 'signal' | 'report' | 'checkpoints'> {
  /** The URL of the module that exports `trainMember`. */
  readonly module: string;
  /** The ensemble's folder. */
  readonly folder: string;
  /** Takes the request to stop, gives the reports. */
  readonly port: MessagePort;
}

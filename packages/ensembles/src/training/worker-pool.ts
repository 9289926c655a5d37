import { fileURLToPath } from 'node:url';
import { MessageChannel, receiveMessageOnPort } from 'node:worker_threads';
import { Piscina } from 'piscina';
import type { TrainedWeights } from './member-task.ts';
import type { RunMember } from './train-members.ts';
import type { WorkerRequest } from './worker-request.ts';

/** How the threads are started. */
export interface PoolOptions {
  readonly workers: number;
  readonly execArgv: readonly string[];
}

/** Threads that train members. They start with the first member. */
export interface WorkerPool {
  readonly run: RunMember;
  /** Ends the threads. */
  close(): Promise<void>;
}

const WORKER = fileURLToPath(new URL(`./member-worker${/\.[jt]s$/.exec(import.meta.url)?.[0]}`, import.meta.url));

export function workerPool({ workers, execArgv }: PoolOptions, request: Pick<WorkerRequest, 'module' | 'folder' | 'data'>): WorkerPool {
  let pool: Piscina | undefined;
  const started = (): Piscina =>
    (pool ??= new Piscina({
      filename: WORKER,
      name: 'trainInThread',
      minThreads: workers,
      maxThreads: workers,
      execArgv: [...execArgv],
      atomics: 'disabled', // a thread that waits for its next member must not block its event loop
    }));
  return {
    async run(member, { signal, report }) {
      const { port1: ours, port2: theirs } = new MessageChannel();
      const stop = (): void => ours.postMessage('stop', []);
      const misheard = new Promise<never>((_, reject) => {
        ours.on('message', (progress) => {
          try {
            report(progress);
          } catch (error) {
            reject(error); // thrown here, it would end the process
          }
        });
      });
      signal.addEventListener('abort', stop);
      if (signal.aborted) stop();
      try {
        const trained = started().run({ ...request, ...member, port: theirs } satisfies WorkerRequest, { transferList: [theirs] });
        return (await Promise.race([trained, misheard])) as TrainedWeights;
      } finally {
        signal.removeEventListener('abort', stop);
        for (let left = receiveMessageOnPort(ours); left !== undefined; left = receiveMessageOnPort(ours)) report(left.message);
        ours.close();
      }
    },
    close: async () => pool?.destroy(),
  };
}

// Runs in a worker thread of the pool, one member after another.
import { fileStore } from '@downhill/training/node';
import { checkpointsOf, weightsOf, type TrainedWeights } from './member-task.ts';
import { trainerOf } from './trainer-module.ts';
import type { WorkerRequest } from './worker-request.ts';

/** Trains a member in this thread. */
export async function trainInThread({ module, folder, port, ...task }: WorkerRequest): Promise<TrainedWeights> {
  const stop = new AbortController();
  port.on('message', () => stop.abort());
  try {
    const trainMember = await trainerOf(module);
    const checkpoints = checkpointsOf(fileStore(folder), task.name);
    const report = (progress: unknown): void => port.postMessage(progress);
    return await weightsOf(await trainMember({ ...task, checkpoints, report, signal: stop.signal }));
  } finally {
    port.removeAllListeners('message'); // the thread keeps running for a port that is listened to
  }
}

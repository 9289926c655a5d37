import { Queue, QueueEvents } from 'bullmq';
import type { Redis } from 'ioredis';
import type { JobData, JobOutcome, TrialQueue } from './await-job.ts';
import { PREFIX, presenceKey, queueName } from './study-keys.ts';

/** How long a study counts as there, in seconds, and how often it says so, in milliseconds. */
const PRESENT = 30;
const SAY_PRESENT = 10_000;

/** The jobs of a study, on the study's side. */
export interface StudyQueue {
  readonly queue: TrialQueue;
  close(): Promise<void>;
}

/**
 * Opens the queue of a study, and says to workers that the study is there.
 *
 * @param onEnd Told of each job that ends, whichever way.
 */
export function studyQueue(redis: Redis, study: string, onEnd: (id: string) => void): StudyQueue {
  const name = queueName(study);
  const queue: TrialQueue = new Queue<JobData, JobOutcome>(name, { connection: redis, prefix: PREFIX });
  const listening = redis.duplicate();
  const events = new QueueEvents(name, { connection: listening, prefix: PREFIX });
  const quiet = (): void => {}; // the connections come back by themselves
  queue.on('error', quiet);
  events.on('error', quiet);
  listening.on('error', quiet);
  events.on('completed', ({ jobId }) => onEnd(jobId));
  events.on('failed', ({ jobId }) => onEnd(jobId));

  const sayPresent = (): void => void redis.set(presenceKey(study), 1, 'EX', PRESENT).catch(quiet);
  const presence = setInterval(sayPresent, SAY_PRESENT).unref();
  sayPresent();
  return {
    queue,
    async close() {
      clearInterval(presence);
      if (redis.status === 'ready') {
        await redis.del(presenceKey(study));
        await Promise.all([events.close(), queue.close()]);
      }
      listening.disconnect();
      redis.disconnect();
    },
  };
}

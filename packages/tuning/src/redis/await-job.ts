import { DownhillError } from '@downhill/core';
import type { Job, Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import type { TrialOutcome } from '../parallel/trial-outcome.ts';
import { packReply } from './frame.ts';
import { leave } from './mailbox.ts';
import type { MailKeys } from './study-keys.ts';

/** What a job holds: what to show of the trial; whoever runs it asks for the rest. */
export interface JobData {
  readonly trial: number;
}

/** What a job comes to. One that was stopped is run again when the study goes on. */
export type JobOutcome = TrialOutcome | { readonly type: 'stopped' };

export type TrialQueue = Queue<JobData, JobOutcome>;

/** Milliseconds between looks at a job, of which its end is told before: in case that was lost, or the job was. */
const LOOK = 5000;
const LOOK_WHILE_STOPPING = 500;

/** Seconds for which the end of a trial is kept for a study that is not there to hear it. */
const KEPT = 7 * 24 * 3600;

export interface AwaitedJob {
  readonly queue: TrialQueue;
  readonly redis: Redis;
  readonly keys: MailKeys;
  readonly id: string;
  readonly trial: number;
  readonly signal: AbortSignal;
  /** Resolves after so many milliseconds, or when there is news of the job. */
  readonly news: (milliseconds: number) => Promise<void>;
}

/**
 * Adds a job, unless it is there, and waits for its end. It is added again where Redis forgot it.
 *
 * @throws DownhillError `trial-lost` where its workers were lost; `aborted` where it was stopped before anybody had it.
 */
export async function awaitJob(awaited: AwaitedJob): Promise<TrialOutcome> {
  const { queue, id, trial, signal, news } = awaited;
  for (;;) {
    const state = await queue.getJobState(id);
    const job = await queue.getJob(id);
    if (state === 'completed' && job !== undefined) {
      if (job.returnvalue.type !== 'stopped') return job.returnvalue;
      await job.remove();
      continue;
    }
    if (state === 'failed' && job !== undefined) throw lost(job);
    if (signal.aborted) {
      if (job === undefined || (await taken(awaited, job))) throw signal.reason ?? stopped();
    } else if (job === undefined) {
      const keep = { age: KEPT };
      await queue.add('trial', { trial }, { jobId: id, removeOnComplete: keep, removeOnFail: keep });
    }
    await news(signal.aborted ? LOOK_WHILE_STOPPING : LOOK);
  }
}

/** Tells whoever has the job to stop; where nobody has, takes it from the queue. @returns whether it could be taken */
async function taken({ redis, keys }: AwaitedJob, job: Job): Promise<boolean> {
  const token = await redis.get(keys.lock);
  if (token !== null) {
    await leave(redis, keys.answers(token, job.attemptsStarted), packReply({ type: 'stop' }));
    return false;
  }
  return job.remove().then(
    () => true,
    () => false, // somebody took it in this moment
  );
}

const stopped = (): DownhillError =>
  new DownhillError({ code: 'aborted', source: 'objectiveOnRedis', problem: 'the study was asked to stop' });

const lost = ({ failedReason }: Job): DownhillError =>
  new DownhillError({
    code: 'trial-lost',
    source: 'objectiveOnRedis',
    problem: `the trial's workers were lost, one after the other (BullMQ says: ${failedReason})`,
    advice: 'Look at what the workers said last: they may have had too little memory.',
  });

import { setTimeout as sleep } from 'node:timers/promises';
import { DelayedError, WaitingError, type Job } from 'bullmq';
import type { Redis } from 'ioredis';
import { remoteTrial, type RemoteTrial } from '../parallel/remote-trial.ts';
import type { ToTrial } from '../parallel/trial-message.ts';
import type { Objective } from '../study/trial.ts';
import type { JobData, JobOutcome } from './await-job.ts';
import { mailKeys } from './study-keys.ts';
import { studyLine } from './study-line.ts';
import type { WorkerEvent } from './worker-event.ts';

export interface JobToRun {
  readonly redis: Redis;
  readonly study: string;
  readonly job: Job<JobData, JobOutcome>;
  /** Under which BullMQ gave the job to this worker. */
  readonly token: string;
  readonly objective: Objective;
  /** Milliseconds to wait for the study before the job goes back. */
  readonly patience: number;
  /** Asks the worker to stop. */
  readonly signal: AbortSignal;
  readonly tell: (event: WorkerEvent) => void;
}

export interface RunningJob {
  readonly outcome: Promise<JobOutcome>;
  /** The worker is to stop. */
  stop(): void;
  /** The worker does not have the job any more. */
  lose(): void;
}

/** Milliseconds for which a trial that was stopped may still wait for answers of its study. */
const LAST_ANSWERS = 3000;

/** Runs a trial that BullMQ gave to this worker. */
export function runJob({ redis, study, job, token, objective, patience, signal, tell }: JobToRun): RunningJob {
  const line = studyLine(redis, mailKeys(study, job.id ?? ''), token, job.attemptsStarted);
  const trial = job.data.trial;
  let isLost = false;
  let remote: RemoteTrial | undefined;
  let last: NodeJS.Timeout | undefined;

  function heard(message: ToTrial, hear: (message: ToTrial) => void): void {
    isLost ||= message.type === 'lost';
    hear(message);
  }

  /** Puts the job back, as far as it is still this worker's. */
  async function back(why: WorkerEvent, delay?: number): Promise<never> {
    tell(why);
    if (delay === undefined) await job.moveToWait(token);
    else await job.moveToDelayed(Date.now() + delay, token);
    throw delay === undefined ? new WaitingError() : new DelayedError(); // BullMQ's way to say that it was moved
  }

  /** The trial, as soon as its study answers. */
  async function begun(): Promise<RemoteTrial | undefined> {
    const answered = new AbortController();
    const channel = { ...line, listen: (hear: (message: ToTrial) => void) => line.listen((message) => heard(message, hear)) };
    const begin = remoteTrial(channel, (step, value) => tell({ type: 'report', trial, step, value }));
    try {
      const either = AbortSignal.any([answered.signal, signal]);
      return await Promise.race([begin, sleep(patience, undefined, { signal: either }).catch(() => undefined)]);
    } catch (error) {
      if (isLost) return undefined;
      throw error;
    } finally {
      answered.abort();
    }
  }

  async function run(): Promise<JobOutcome> {
    remote = await begun();
    if (isLost) return back({ type: 'lost', trial });
    if (signal.aborted) return back({ type: 'handed-back', trial });
    if (remote === undefined) return back({ type: 'no-answer', trial }, patience);
    const { reached } = remote.trial;
    tell({ type: 'begin', trial, ...(reached === undefined ? {} : { reached }) });
    const outcome = await remote.run(objective);
    if (isLost) return back({ type: 'lost', trial });
    const isCutShort = remote.isCutShort(outcome);
    if (isCutShort && signal.aborted) return back({ type: 'handed-back', trial });
    return isCutShort ? { type: 'stopped' } : outcome;
  }

  return {
    outcome: run().finally(() => {
      clearTimeout(last);
      remote?.close();
      line.close();
    }),
    stop() {
      remote?.stop();
      last = setTimeout(() => remote?.close(), LAST_ANSWERS);
    },
    lose: line.lose,
  };
}

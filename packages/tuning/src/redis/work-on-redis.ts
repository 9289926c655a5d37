import { checkNumber, complete, DownhillError, show } from '@downhill/core';
import { Worker, type Job } from 'bullmq';
import type { Redis } from 'ioredis';
import type { Objective } from '../study/trial.ts';
import type { JobData, JobOutcome } from './await-job.ts';
import { findStudy } from './find-study.ts';
import { openRedis } from './open-redis.ts';
import { redisUrl } from './redis-url.ts';
import { runJob, type RunningJob } from './run-job.ts';
import { PREFIX, queueName } from './study-keys.ts';
import { checkStudyName } from './study-name.ts';
import { eventOf, type WorkerEvent } from './worker-event.ts';

/** Options of {@link workOnRedis}. */
export interface WorkOnRedisOptions {
  /** Where Redis is: `redis://user:password@host:6379/0`, or `rediss://` over TLS. */
  readonly redis: URL | string;
  /** What runs the trials: `objectiveInThreads`, where a long computation must not keep this thread from saying that it lives. */
  readonly objective: Objective;
  /** The study whose trials to take. @defaultValue the one that is being optimized at that Redis; waits until there is one */
  readonly study?: string;
  /** Trials at a time. @defaultValue 1, BullMQ's (`concurrency`) */
  readonly concurrency?: number;
  /**
   * Seconds without a sign of life after which a worker is lost: BullMQ's `lockDuration`, and its `stalledInterval` between looks for such
   * workers. Somebody else has the trial after one to three times as long. @defaultValue 30, BullMQ's
   */
  readonly lostAfter?: number;
  /** Ends it: running trials are told, and those that then throw go back to the queue, for another worker. */
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: WorkerEvent) => void;
}

/**
 * Takes trials of a study from a Redis and runs them, until the signal ends it: what `downhill-worker` does.
 *
 *     await workOnRedis({ redis: 'redis://localhost:6379', study: 'digits', objective, signal });
 *
 * @example
 * const refused = await workOnRedis({ redis: 'redis://localhost', objective: 'objective.js' }).catch((error) => error);
 * refused.code; // 'invalid-argument'
 *
 * @throws DownhillError `invalid-argument`; `connection-failed` where no Redis answers, after a few tries. Later it waits until Redis is back.
 */
export async function workOnRedis(options: WorkOnRedisOptions): Promise<void> {
  const { url, study: named, ...given } = checkedOptions(options);
  const { signal, tell } = given;
  const redis = await openRedis('workOnRedis', url);
  try {
    const study = named ?? (await findStudy(redis, signal));
    if (study === undefined || signal.aborted) return;
    const { worker, running } = takeJobs(redis, study, given);
    tell({ type: 'ready', study });
    await aborted(signal);
    const closing = worker.close();
    for (const { stop } of running.values()) stop();
    await closing;
  } finally {
    redis.disconnect();
  }
}

/** How BullMQ says that a job is gone, or its lock, or that somebody else has it. */
const NOT_OURS = /\b(?:lock|key)\b.* job (trial-(\d+)-\w+)/i;

interface TakingJobs {
  readonly objective: Objective;
  readonly concurrency: number;
  /** Milliseconds. */
  readonly patience: number;
  readonly signal: AbortSignal;
  readonly tell: (event: WorkerEvent) => void;
}

function takeJobs(redis: Redis, study: string, { objective, concurrency, patience, signal, tell }: TakingJobs) {
  const running = new Map<string, RunningJob>();
  const lost = new Set<string>();
  const tellLost = (id: string, trial: number): void => {
    if (!lost.has(id)) tell({ type: 'lost', trial });
    lost.add(id);
  };
  const run = async (job: Job<JobData, JobOutcome>, token = ''): Promise<JobOutcome> => {
    const id = job.id ?? '';
    lost.delete(id);
    const say = (event: WorkerEvent): void => (event.type === 'lost' ? tellLost(id, event.trial) : tell(event));
    const started = runJob({ redis, study, job, token, objective, patience, signal, tell: say });
    running.set(id, started);
    try {
      return await started.outcome;
    } finally {
      if (running.get(id) === started) running.delete(id);
    }
  };
  const isAway = watch(redis, signal, tell);
  const worker = new Worker<JobData, JobOutcome>(queueName(study), run, {
    connection: redis,
    prefix: PREFIX,
    concurrency,
    lockDuration: patience,
    stalledInterval: patience,
  });
  worker.on('lockRenewalFailed', (ids: string[]) => ids.forEach((id) => running.get(id)?.lose()));
  worker.on('completed', (job, outcome) => tell(eventOf(job.data.trial, outcome))); // only now is it delivered
  worker.on('error', ({ message }) => {
    const [, id, trial] = NOT_OURS.exec(message) ?? [];
    if (id !== undefined && !running.has(id)) tellLost(id, Number(trial));
    else if (id === undefined && !isAway() && !signal.aborted) tell({ type: 'trouble', message });
  });
  return { worker, running };
}

/** Tells when Redis goes away and comes back. @returns whether it is away */
function watch(redis: Redis, signal: AbortSignal, tell: (event: WorkerEvent) => void): () => boolean {
  let away = false;
  redis.on('close', () => {
    if (!away && !signal.aborted) tell({ type: 'away' });
    away = true;
  });
  redis.on('ready', () => {
    away = false;
    tell({ type: 'back' });
  });
  return () => away;
}

function checkedOptions(options: WorkOnRedisOptions): TakingJobs & { readonly url: URL; readonly study: string | undefined } {
  const { redis, objective, study, concurrency, lostAfter, signal, onEvent } = complete('workOnRedis', options, {
    redis: '',
    objective: undefined,
    study: undefined,
    concurrency: 1,
    lostAfter: 30,
    signal: new AbortController().signal,
    onEvent: () => {},
  });
  const url = redisUrl('workOnRedis', redis);
  if (typeof objective !== 'function')
    throw new DownhillError({
      code: 'invalid-argument',
      source: 'workOnRedis',
      problem: `\`objective\` must be a function, got ${show(objective)}`,
    });
  if (study !== undefined) checkStudyName('workOnRedis', study);
  checkNumber('workOnRedis', { concurrency }, { min: 1, integer: true });
  checkNumber('workOnRedis', { lostAfter }, { above: 0 }, 'It is in seconds.');
  return { url, study, objective, concurrency, patience: lostAfter * 1000, signal, tell: onEvent };
}

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve());
  });

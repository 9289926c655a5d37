import { setMaxListeners } from 'node:events';
import { complete, type Settings } from '@downhill/core';
import type { Pruned, Trial } from '../study/trial.ts';
import { serveTrial } from '../parallel/serve-trial.ts';
import { resultOf } from '../parallel/trial-outcome.ts';
import { bell, type Bell } from './bell.ts';
import { awaitJob } from './await-job.ts';
import { openRedis } from './open-redis.ts';
import { redisUrl } from './redis-url.ts';
import { jobId, mailKeys } from './study-keys.ts';
import { checkStudyName } from './study-name.ts';
import { studyQueue } from './study-queue.ts';
import { trialDesk } from './trial-desk.ts';
import { abortedWhileAway } from './aborted-while-away.ts';

/** Options of {@link objectiveOnRedis}. */
export interface ObjectiveOnRedisOptions {
  /** Where Redis is: `redis://user:password@host:6379/0`, or `rediss://` over TLS. */
  readonly redis: URL | string;
  /** The study's name: its trials are one queue, which the workers of this study look at. */
  readonly study: string;
}

/** An objective that runs on other hosts. */
export interface ObjectiveOnRedis<Sampled extends Settings = Settings> {
  (trial: Trial<Sampled>): Promise<number | Pruned>;
  /** Removes what is left in Redis of the trials that ended, and the connections. */
  close(): Promise<void>;
}

/** Milliseconds for which the end of a trial is kept in Redis when the study has it: it may die before it has written that down. */
const KEPT = 5000;

/**
 * An objective whose trials are run by the workers (`downhill-worker`) that look at the same Redis, on whatever host; BullMQ is the queue
 * between. Reports, attributes and checkpoints come to this process, so that another worker, or a later part of the study, goes on from them.
 *
 *     const objective = await objectiveOnRedis({ redis: 'redis://localhost:6379', study: study.name });
 *     await study.optimize(objective, { trials: 100, parallel: 8 });
 *     await objective.close();
 *
 * A worker that is lost loses its lock, and BullMQ gives its trial to another one, once (`maxStalledCount`); what the lost one says later is not
 * taken. A study whose process died finds the trials that ran on, and those that ended meanwhile, when it goes on. While Redis is away, all wait.
 * What the objective throws fails the trial: BullMQ does not try it again.
 *
 * @example
 * const refused = await objectiveOnRedis({ redis: 'localhost', study: 'digits' }).catch((error) => error);
 * refused.code; // 'invalid-argument'
 *
 * @throws DownhillError `invalid-argument`; `connection-failed` where no Redis answers, after a few tries.
 */
export async function objectiveOnRedis<Sampled extends Settings = Settings>(
  options: ObjectiveOnRedisOptions,
): Promise<ObjectiveOnRedis<Sampled>> {
  const given = complete('objectiveOnRedis', options, { redis: '', study: '' });
  const url = redisUrl('objectiveOnRedis', given.redis);
  const { study } = given;
  checkStudyName('objectiveOnRedis', study);

  const redis = await openRedis('objectiveOnRedis', url);
  const bells = new Map<string, Bell>(); // of the jobs that are waited for
  const { queue, close } = studyQueue(redis, study, (id) => bells.get(id)?.ring());

  const told = new Map<string, NodeJS.Timeout>();
  const forget = async (id: string): Promise<void> => {
    clearTimeout(told.get(id));
    told.delete(id);
    if (redis.status !== 'ready') return; // it keeps them for some days only
    await queue.remove(id);
    await redis.del(mailKeys(study, id).requests);
  };
  const forgetLater = (id: string): void => {
    clearTimeout(told.get(id));
    told.set(id, setTimeout(() => void forget(id).catch(() => {}), KEPT).unref());
  };

  async function objective(trial: Trial<Sampled>): Promise<number | Pruned> {
    const id = jobId(trial);
    const keys = mailKeys(study, id);
    clearTimeout(told.get(id));
    const { signal } = trial;
    setMaxListeners(0, signal); // trials that run at the same time share one
    const served = serveTrial(trial);
    const closeDesk = trialDesk(redis, keys, served);
    const news = bell();
    bells.set(id, news);
    signal.addEventListener('abort', news.ring);
    const away = abortedWhileAway(redis, signal);
    try {
      const job = { queue, redis, keys, id, trial: trial.number, signal, news: news.heard };
      const outcome = await Promise.race([awaitJob(job), away.promise]);
      if (!signal.aborted || outcome.type === 'pruned') forgetLater(id); // a study that stops takes it for cut short, and finds it again when it goes on
      return resultOf(outcome);
    } catch (error) {
      if (signal.aborted) await forget(id).catch(() => {});
      else forgetLater(id);
      throw error;
    } finally {
      bells.delete(id);
      signal.removeEventListener('abort', news.ring);
      away.end();
      closeDesk();
      served.end();
    }
  }

  return Object.assign(objective, {
    async close() {
      await Promise.all([...told.keys()].map(forget));
      await close();
    },
  });
}

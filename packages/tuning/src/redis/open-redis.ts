import { DownhillError } from '@downhill/core';
import { Redis } from 'ioredis';
import { withoutPassword } from './redis-url.ts';

/** Tries to connect before it is an error; they take about three seconds. */
const TRIES = 5;

/** Milliseconds to wait after this many failed tries in a row; ioredis' own rule (`Math.min(times * 50, 2000)`), slower at first. */
const pause = (times: number): number => Math.min(times * 200, 2000);

/**
 * A connection that comes back by itself: what is asked while Redis is away waits for it.
 *
 * @throws DownhillError `connection-failed` where Redis does not answer at the start.
 */
export async function openRedis(source: string, url: URL): Promise<Redis> {
  let ready = false;
  let last: Error | undefined;
  const redis = new Redis(url.href, {
    lazyConnect: true,
    maxRetriesPerRequest: null, // BullMQ's demand
    retryStrategy: (times) => (ready || times < TRIES ? pause(times) : null),
  });
  redis.on('error', (error: Error) => {
    last = error;
  });
  redis.once('ready', () => {
    ready = true;
  });
  const ended = new Promise<never>((_, reject) => {
    redis.once('end', () => reject(new Error('the connection ended')));
  });
  try {
    const connected = new Promise<void>((resolve) => {
      redis.once('ready', resolve);
    });
    redis.connect().catch(() => {}); // the first try; what counts is the last one
    await Promise.race([connected, ended]);
  } catch (error) {
    redis.disconnect();
    const cause = last ?? (error as Error);
    throw new DownhillError({
      code: 'connection-failed',
      source,
      problem: `no Redis answers at ${withoutPassword(url)} (${cause.message === '' ? (cause as NodeJS.ErrnoException).code : cause.message})`,
      advice: 'Start one with redis-server, or look at its address, name and password.',
      cause,
    });
  }
  ended.catch(() => {});
  return redis;
}

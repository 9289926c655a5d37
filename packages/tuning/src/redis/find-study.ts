import { setTimeout as sleep } from 'node:timers/promises';
import { DownhillError } from '@downhill/core';
import type { Redis } from 'ioredis';
import { presenceKey, studyOf } from './study-keys.ts';

/** Milliseconds between looks for a study. */
const LOOK = 1000;

async function presentStudies(redis: Redis): Promise<readonly string[]> {
  const found = new Set<string>();
  for await (const keys of redis.scanStream({ match: presenceKey('*') }))
    for (const key of keys as readonly string[]) found.add(studyOf(key));
  return [...found].sort();
}

/**
 * The one study that is being optimized at a Redis; waits until there is one.
 *
 * @returns `undefined` where the signal ended the wait.
 * @throws DownhillError `invalid-argument` where there are several.
 */
export async function findStudy(redis: Redis, signal: AbortSignal): Promise<string | undefined> {
  while (!signal.aborted) {
    const [study, ...others] = await presentStudies(redis);
    if (others.length > 0)
      throw new DownhillError({
        code: 'invalid-argument',
        source: 'workOnRedis',
        problem: `\`study\` must say which study to work for, of ${[study, ...others].map((name) => `'${name}'`).join(', ')}`,
      });
    if (study !== undefined) return study;
    await sleep(LOOK, undefined, { signal }).catch(() => {});
  }
  return undefined;
}

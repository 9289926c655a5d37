import { DownhillError } from '@downhill/core';
import type { Redis } from 'ioredis';

/** Milliseconds for which a study that was asked to stop waits for a Redis that is away. */
const PATIENCE = 3000;

/** A promise that rejects when the signal was aborted and Redis does not come back: nobody can be told then. */
export function abortedWhileAway(redis: Redis, signal: AbortSignal): { readonly promise: Promise<never>; end(): void } {
  let timer: NodeJS.Timeout | undefined;
  let begin = (): void => {};
  const promise = new Promise<never>((_, reject) => {
    const look = (): void => {
      const problem = 'the study was asked to stop while Redis was away';
      if (redis.status === 'ready') timer = setTimeout(look, PATIENCE);
      else reject(new DownhillError({ code: 'aborted', source: 'objectiveOnRedis', problem }));
    };
    begin = () => {
      timer = setTimeout(look, PATIENCE);
    };
  });
  promise.catch(() => {});
  signal.addEventListener('abort', begin);
  if (signal.aborted) begin();
  return {
    promise,
    end() {
      clearTimeout(timer);
      signal.removeEventListener('abort', begin);
    },
  };
}

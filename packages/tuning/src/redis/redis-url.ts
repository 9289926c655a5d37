import { DownhillError } from '@downhill/core';

/** The address of a Redis without what is secret in it. */
export function withoutPassword(url: URL): string {
  const shown = new URL(url);
  shown.password = '';
  shown.search = '';
  return shown.href;
}

/**
 * The address of a Redis: `redis://`, or `rediss://` over TLS, as ioredis takes it.
 *
 * @throws DownhillError `invalid-argument`; the message leaves out what was given, in which a password may be.
 */
export function redisUrl(source: string, redis: URL | string): URL {
  const url = redis instanceof URL ? redis : URL.canParse(redis) ? new URL(redis) : undefined;
  if (url !== undefined && /^rediss?:$/.test(url.protocol) && url.hostname !== '') return url;
  throw new DownhillError({
    code: 'invalid-argument',
    source,
    problem: '`redis` must be the URL of a Redis',
    advice: 'Write redis://localhost:6379, or redis://user:password@host:6379/0.',
  });
}

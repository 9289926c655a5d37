import { describe, expect, test } from 'vitest';
import { objectiveOnRedis } from './objective-on-redis.ts';
import { redisUrl, withoutPassword } from './redis-url.ts';
import { workOnRedis } from './work-on-redis.ts';

describe('the address of a Redis', () => {
  test.each(['redis://localhost', 'rediss://u:p@host:6380/2', new URL('redis://h')])('may be %s', (url) => {
    expect(redisUrl('f', url).href).toBe(String(url));
  });

  test.each(['localhost:6379', 'http://secret@host', 'redis:', '', 6379 as never])('may not be %j, and is not repeated', async (url) => {
    const refused = await objectiveOnRedis({ redis: url, study: 's' }).catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: 'invalid-argument', message: expect.stringContaining('`redis` must be the URL of a Redis') });
    expect(String(refused)).not.toContain('secret');
  });

  test('is shown without its password', () => {
    expect(withoutPassword(new URL('redis://me:secret@host:1/2?password=secret'))).toBe('redis://me@host:1/2');
  });
});

const redis = 'redis://localhost';
const objective = (): number => 0;

test.each([
  [() => objectiveOnRedis({ redis, study: '' }), '`study`'],
  [() => objectiveOnRedis({ redis, study: 's', stody: 1 } as never), '`stody`'],
  [() => workOnRedis({ redis, objective: 'x' as never }), '`objective`'],
  [() => workOnRedis({ redis, objective, study: 5 as never }), '`study`'],
  [() => workOnRedis({ redis, objective, concurrency: 0 }), '`concurrency`'],
  [() => workOnRedis({ redis, objective, lostAfter: 0 }), '`lostAfter`'],
])('%s is refused, naming %s', async (call, name) => {
  await expect(call()).rejects.toMatchObject({ code: 'invalid-argument', message: expect.stringContaining(name) });
});

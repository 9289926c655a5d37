import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasRedis, redisServer, type RedisServer } from '../../test/redis-server.ts';
import { workerProcess } from '../../test/worker-process.ts';
import { objectiveOnRedis } from './objective-on-redis.ts';

const module = fileURLToPath(new URL('../../test/objectives.ts', import.meta.url));
const nowhere = 'redis://me:hush@127.0.0.1:1';

describe('where no Redis answers', () => {
  test('an objective says so, once, and not with which password', async () => {
    const refused = await objectiveOnRedis({ redis: nowhere, study: 's' }).catch((error: unknown) => error);
    expect(refused).toMatchObject({
      code: 'connection-failed',
      message: expect.stringMatching(/no Redis answers at redis:\/\/me@127\.0\.0\.1:1 .*ECONNREFUSED/),
    });
    expect(String(refused)).not.toContain('hush');
  });

  test('a worker ends with 1 and one line', async () => {
    const worker = workerProcess('--redis', nowhere, '--objective', module);
    expect(await worker.ended).toBe(1);
    expect(worker.lines).toEqual([expect.stringContaining('downhill-worker: [connection-failed]')]);
  });
});

describe.skipIf(!hasRedis)('a Redis with a password', () => {
  let server: RedisServer;
  beforeAll(async () => {
    server = await redisServer({ password: 'hush' });
  });
  afterAll(() => server.remove());

  test('does not answer to a wrong one', async () => {
    const wrong = server.url.replace('hush', 'wrong');
    await expect(objectiveOnRedis({ redis: wrong, study: 's' })).rejects.toMatchObject({
      code: 'connection-failed',
      message: expect.stringContaining('WRONGPASS'),
    });
    await expect(objectiveOnRedis({ redis: server.url.replace(':hush@', ''), study: 's' })).rejects.toMatchObject({
      code: 'connection-failed',
      message: expect.stringContaining('NOAUTH'),
    });
  });

  test('has the studies of a worker that was told of none', async () => {
    const args = ['--redis', server.url, '--objective', module];
    const first = await objectiveOnRedis({ redis: server.url, study: 'one' });
    const found = workerProcess(...args);
    expect(await found.line('waits for trials')).toContain("'one'");
    found.kill('SIGTERM');
    expect(await found.ended).toBe(143);
    const second = await objectiveOnRedis({ redis: server.url, study: 'two' });
    const lost = workerProcess(...args);
    expect(await lost.ended).toBe(2);
    expect(lost.lines.join('\n')).toContain("of 'one', 'two'");
    await Promise.all([first.close(), second.close()]);
    expect([...found.lines, ...lost.lines].join('\n')).not.toContain('hush');
  });
});

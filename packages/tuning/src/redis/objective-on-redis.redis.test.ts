import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { memoryStore } from '@downhill/core';
import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { madeTrial } from '../../test/made-trial.ts';
import { objective as here } from '../../test/objectives.ts';
import { hasRedis, redisServer, type RedisServer } from '../../test/redis-server.ts';
import { workerProcess, type RunningProcess } from '../../test/worker-process.ts';
import { pruned } from '../study/trial.ts';
import { objectiveOnRedis, type ObjectiveOnRedis } from './objective-on-redis.ts';

const module = fileURLToPath(new URL('../../test/objectives.ts', import.meta.url));

describe.skipIf(!hasRedis)('trials on other hosts', () => {
  let server: RedisServer;
  let redis: Redis;
  const folder = mkdtemp(join(tmpdir(), 'trials-'));
  const open: ObjectiveOnRedis[] = [];
  const workers: RunningProcess[] = [];

  beforeAll(async () => {
    server = await redisServer();
    redis = new Redis(server.url).on('error', () => {});
  });
  afterEach(async () => {
    for (const { kill } of workers) kill('SIGKILL');
    await Promise.all(workers.splice(0).map(({ ended }) => ended));
    await Promise.all(open.splice(0).map((objective) => objective.close()));
  });
  afterAll(async () => {
    redis.disconnect();
    await server.remove();
    await rm(await folder, { recursive: true });
  });

  const study = async (name: string): Promise<ObjectiveOnRedis> => {
    const objective = await objectiveOnRedis({ redis: server.url, study: name });
    open.push(objective);
    return objective;
  };
  const worker = async (name: string, ...args: readonly string[]): Promise<RunningProcess> => {
    const started = workerProcess('--redis', server.url, '--objective', module, '--study', name, '--lost-after', '2', ...args);
    workers.push(started);
    await started.line('waits for trials');
    return started;
  };
  const left = (name: string): Promise<string[]> => redis.keys(`downhill:${name}:trial-*`);

  test('come to the same values, with the same reports, as in this process, bit for bit', async () => {
    const objective = await study('same');
    await Promise.all([worker('same'), worker('same', '--concurrency', '2')]);
    const xs = [0.1, 2 / 3, 1e-300, 12345.678, 5, 6];
    const away = xs.map((x, number) => madeTrial({ x }, { number }));
    const inTurn = xs.map((x) => madeTrial({ x }));
    expect(await Promise.all(away.map(objective))).toEqual(await Promise.all(inTurn.map(here)));
    expect(away.map(({ reports }) => [...reports])).toEqual(inTurn.map(({ reports }) => [...reports]));
    const who = madeTrial({ x: 5, does: 'who' }, { number: 12, reached: 3, checkpoints: await storeWith('earlier') });
    expect(await objective(who)).toBe(5);
    expect(who.attributes).toEqual({ who: { number: 12, seed: 7, repeat: 0, reached: 3, names: ['earlier'] } });
    const stopped = madeTrial({ x: 1 }, { ends: 2 });
    expect(await objective(stopped)).toBe(pruned);
    expect([...stopped.reports.keys()]).toEqual([0, 1, 2]);
    await expect(objective(madeTrial({ x: 9, does: 'throws' }))).rejects.toMatchObject({ name: 'RangeError', message: 'too far: 9' });
    const odd = madeTrial({ x: 1, does: 'nan' });
    expect([await objective(odd), odd.reports.get(0)]).toEqual([Number.NaN, Number.NaN]);
    await objective.close();
    expect(await left('same')).toEqual([]);
  });

  test('go on at another worker, from the checkpoint, when theirs is killed', async () => {
    const objective = await study('killed');
    const first = await worker('killed');
    const trial = madeTrial({ x: 2, does: 'slow' });
    const running = objective(trial);
    await first.line('step 2');
    first.kill('SIGKILL');
    const second = await worker('killed');
    expect(await running).toBe(await here(madeTrial({ x: 2 })));
    expect(await second.line('goes on')).toMatch(/trial 0 goes on after step [12]/);
    expect([...trial.reports.keys()]).toEqual([0, 1, 2, 3, 4, 5]);
    await objective.close();
    expect(await left('killed')).toEqual([]);
  });

  test('are not taken from a worker that was paused, and comes back late', async () => {
    const objective = await study('paused');
    const first = await worker('paused');
    const trial = madeTrial({ x: 3, does: 'slow' });
    const running = objective(trial);
    await first.line('step 1');
    first.kill('SIGSTOP');
    const second = await worker('paused');
    await second.line('goes on');
    first.kill('SIGCONT');
    await first.line('is not ours any more');
    expect(await running).toBe(await here(madeTrial({ x: 3 })));
    expect([...trial.reports.keys()]).toEqual([0, 1, 2, 3, 4, 5]);
    await second.line('is complete');
    expect(first.lines.some((line) => line.includes('is complete'))).toBe(false);
  });

  test('keep their worker through a computation that blocks, and through a thread that dies', async () => {
    const objective = await study('blocks');
    const only = await worker('blocks');
    expect(await objective(madeTrial({ x: 8, does: 'blocks' }))).toBe(8);
    await expect(objective(madeTrial({ x: 8, does: 'exit' }, { number: 1 }))).rejects.toMatchObject({ code: 'trial-lost' });
    expect(only.lines.filter((line) => line.includes('begins'))).toHaveLength(2);
  });

  test('fail when a second worker is lost with them', async () => {
    const objective = await study('twice');
    const lost = objective(madeTrial({ x: 2, does: 'waits' })).catch((error: unknown) => error);
    for (let time = 0; time < 2; time++) {
      const doomed = await worker('twice');
      await doomed.line('step 0');
      doomed.kill('SIGKILL');
    }
    await worker('twice');
    expect(await lost).toMatchObject({ code: 'trial-lost' });
  });

  test('go back to the queue when their worker is asked to stop', async () => {
    const objective = await study('handed');
    const first = await worker('handed', '--lost-after', '30');
    const trial = madeTrial({ x: 4, does: 'slow' });
    const running = objective(trial);
    await first.line('step 1');
    first.kill('SIGINT');
    expect(await first.ended).toBe(130);
    expect(first.lines.at(-1)).toContain('trial 0 goes back to the queue');
    const second = await worker('handed', '--lost-after', '30');
    await second.line('goes on after step');
    expect(await running).toBe(await here(madeTrial({ x: 4 })));
  });

  test('stop when the study is asked to, and leave nothing behind', async () => {
    const objective = await study('stop');
    const controller = new AbortController();
    const trials = [0, 1].map((number) => madeTrial({ x: number, does: 'waits' }, { number, signal: controller.signal }));
    const only = await worker('stop', '--lost-after', '30');
    const running = trials.map((trial) => objective(trial).catch((error: unknown) => error));
    await only.line('step 0');
    controller.abort();
    for (const error of await Promise.all(running)) expect(error).toMatchObject({ name: 'AbortError' });
    await only.line('is stopped, as the study asked');
    await sleep(200);
    expect(await left('stop')).toEqual([]);
  });

  test('wait for a Redis that goes away, and go on', async () => {
    const objective = await study('away');
    const only = await worker('away');
    const trial = madeTrial({ x: 6, does: 'slow' });
    const running = objective(trial);
    await only.line('step 1');
    await server.stop();
    await only.line('Redis is away');
    await sleep(300);
    await server.start();
    await only.line('Redis is back');
    expect(await running).toBe(await here(madeTrial({ x: 6 })));
    expect([...trial.reports.keys()]).toEqual([0, 1, 2, 3, 4, 5]);
  });

  test('are begun again when Redis forgot them', async () => {
    const objective = await study('forgot');
    const only = await worker('forgot');
    const running = objective(madeTrial({ x: 7, does: 'slow' }));
    await only.line('step 1');
    await redis.flushall();
    expect(await running).toBe(await here(madeTrial({ x: 7 })));
    await only.line('is complete');
    expect(only.lines.filter((line) => /is complete|not ours/.test(line))).toEqual([
      expect.stringContaining('trial 0 is not ours any more'),
      expect.stringContaining('trial 0 is complete'),
    ]);
  });

  test('that ended while their study was not there are not run again', async () => {
    const before = await study('resumed');
    const only = await worker('resumed');
    expect(await before(madeTrial({ x: 2 }))).toBe(await here(madeTrial({ x: 2 })));
    const after = await study('resumed'); // the first one has not forgotten it yet, as if it had been killed
    expect(await after(madeTrial({ x: 2 }))).toBe(await here(madeTrial({ x: 2 })));
    expect(only.lines.filter((line) => line.includes('begins'))).toHaveLength(1);
    expect(await after(madeTrial({ x: 3 }))).toBe(await here(madeTrial({ x: 3 }))); // the trial of that number in a newer study
  });
});

async function storeWith(name: string): Promise<ReturnType<typeof memoryStore>> {
  const store = memoryStore();
  await store.write(name, new Uint8Array([1]));
  return store;
}

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { objective } from '../../test/objectives.ts';
import { hasRedis, redisServer, type RedisServer } from '../../test/redis-server.ts';
import { found, studied } from '../../test/studied.ts';
import { run, workerProcess, type RunningProcess } from '../../test/worker-process.ts';
import { journalFile } from '../storages/journal-file.ts';
import { fixed } from '../space/fixed.ts';
import { float } from '../space/float.ts';
import { space } from '../space/space.ts';
import { openStudy } from '../study/open-study.ts';
import { objectiveOnRedis } from './objective-on-redis.ts';

const module = fileURLToPath(new URL('../../test/objectives.ts', import.meta.url));

describe.skipIf(!hasRedis)('a study on other hosts', () => {
  let server: RedisServer;
  const folder = mkdtemp(join(tmpdir(), 'study-'));
  const processes: RunningProcess[] = [];

  beforeAll(async () => {
    server = await redisServer();
  });
  afterEach(async () => {
    for (const { kill } of processes) kill('SIGKILL');
    await Promise.all(processes.splice(0).map(({ ended }) => ended));
  });
  afterAll(async () => {
    await server.remove();
    await rm(await folder, { recursive: true });
  });

  const started = (process: RunningProcess): RunningProcess => {
    processes.push(process);
    return process;
  };
  const worker = (...args: readonly string[]): RunningProcess =>
    started(workerProcess('--redis', server.url, '--objective', module, '--lost-after', '2', ...args));
  const queued = async (count: number, study: string): Promise<void> => {
    const redis = new Redis(server.url);
    while ((await redis.llen(`downhill:${study}:wait`)) < count) await sleep(50);
    redis.disconnect();
  };
  const here = async (trials: number): Promise<unknown> => {
    const study = await openStudy(studied);
    return found(await study.optimize(objective, { trials, parallel: 4 }));
  };

  test('whose workers are killed in the middle is the study of one process, each trial there once', async () => {
    const study = await openStudy({ ...studied, name: 'a: study' });
    const away = await objectiveOnRedis({ redis: server.url, study: study.name });
    const doomed = [worker(), worker()]; // without a name, they find the study
    const surviving = worker('--study', 'a: study', '--concurrency', '2');
    let ended = 0;
    const running = study.optimize(away, {
      trials: 10,
      parallel: 4,
      onEvent: ({ type }) => {
        if (type !== 'end') return;
        ended += 1;
        doomed.pop()?.kill('SIGKILL');
      },
    });
    expect(found(await running)).toEqual(await here(10));
    expect(ended).toBe(10);
    expect(surviving.lines.some((line) => line.includes('goes on') || line.includes('begins'))).toBe(true);
    await away.close();
  });

  test('whose own process is killed goes on over its journal, and runs no finished trial again', async () => {
    const journal = join(await folder, 'journal.log');
    const workers = [worker('--study', 'journal'), worker('--study', 'journal')];
    const first = started(run('coordinator.ts', [server.url, 'journal', journal, '6']));
    await first.line('end 1');
    await first.line('report 3');
    first.kill('SIGKILL');
    await first.ended;
    const second = started(run('coordinator.ts', [server.url, 'journal', journal, '6']));
    await second.line('done');
    const study = await openStudy({ ...studied, name: 'journal', storage: journalFile(journal) });
    expect(found(await study.view())).toEqual(await here(6));
    const complete = workers.flatMap(({ lines }) => lines.filter((line) => line.includes('is complete')));
    expect(complete).toHaveLength(6);
  });

  test('that is not there keeps no worker, and has its trials run when it is back', async () => {
    const journal = join(await folder, 'absent.log');
    const first = started(run('coordinator.ts', [server.url, 'absent', journal, '2']));
    await first.line('begin 1');
    await queued(2, 'absent');
    first.kill('SIGKILL');
    await first.ended;
    const only = worker('--study', 'absent');
    await only.line('nobody who optimizes the study answers');
    const second = started(run('coordinator.ts', [server.url, 'absent', journal, '2']));
    await second.line('done');
    const study = await openStudy({ ...studied, name: 'absent', storage: journalFile(journal) });
    expect(found(await study.view())).toEqual(await here(2));
  });

  test('finds what came to a value while it was stopping, when it goes on', async () => {
    const study = await openStudy({ ...studied, name: 'stopping', space: space({ x: float(0, 10), does: fixed('blocks') }) });
    const away = await objectiveOnRedis({ redis: server.url, study: study.name });
    const only = worker('--study', 'stopping');
    const controller = new AbortController();
    const stopping = study.optimize(away, { trials: 1, signal: controller.signal });
    await only.line('trial 0 begins');
    controller.abort();
    expect((await stopping).trials).toMatchObject([{ state: 'waiting' }]);
    const { trials } = await study.optimize(away, { trials: 1 });
    expect(trials).toMatchObject([{ state: 'complete', value: trials[0]!.settings.x }]);
    expect(only.lines.filter((line) => line.includes('begins'))).toHaveLength(1);
    await away.close();
  });

  test('can be stopped while Redis is away', async () => {
    const study = await openStudy({ ...studied, name: 'away' });
    const away = await objectiveOnRedis({ redis: server.url, study: study.name });
    const controller = new AbortController();
    const stopping = study.optimize(away, { trials: 2, parallel: 2, signal: controller.signal });
    await queued(2, 'away');
    await server.stop();
    controller.abort();
    expect((await stopping).trials.map(({ state }) => state)).toEqual(['waiting', 'waiting']);
    await away.close();
    await server.start();
  });
});

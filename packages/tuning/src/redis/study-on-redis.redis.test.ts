import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { objective } from '../../test/objectives.ts';
import { hasRedis, redisServer, type RedisServer } from '../../test/redis-server.ts';
import { found, studied } from '../../test/studied.ts';
import { run, workerProcess, type RunningProcess } from '../../test/worker-process.ts';
import { journalFile } from '../storages/journal-file.ts';
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
    started(workerProcess('--redis', server.url, '--objective', module, '--lost-after', '1', ...args));
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
    const first = started(run('coordinator.ts', [server.url, journal, '6']));
    await first.line('end 1');
    await first.line('report 3');
    first.kill('SIGKILL');
    await first.ended;
    const second = started(run('coordinator.ts', [server.url, journal, '6']));
    await second.line('done');
    const study = await openStudy({ ...studied, name: 'journal', storage: journalFile(journal) });
    expect(found(await study.view())).toEqual(await here(6));
    const complete = workers.flatMap(({ lines }) => lines.filter((line) => line.includes('is complete')));
    expect(complete).toHaveLength(6);
  });
});

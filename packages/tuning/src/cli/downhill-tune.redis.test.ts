import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasRedis, redisServer, type RedisServer } from '../../test/redis-server.ts';
import { journalFile } from '../storages/journal-file.ts';
import { replay } from '../study/replay/replay.ts';
import { run, workerProcess, type RunningProcess } from '../../test/worker-process.ts';

const objective = fileURLToPath(new URL('../../test/objectives.ts', import.meta.url));

describe.skipIf(!hasRedis)('downhill-tune --redis', () => {
  let server: RedisServer;
  let worker: RunningProcess;
  const folder = mkdtemp(join(tmpdir(), 'tune-'));

  beforeAll(async () => {
    server = await redisServer();
    worker = workerProcess('--redis', server.url, '--objective', objective, '--study', 'away', '--concurrency', '2');
    await writeFile(join(await folder, 'space.json'), JSON.stringify({ x: { kind: 'float', low: -3, high: 3 } }));
  });
  afterAll(async () => {
    worker.kill('SIGKILL');
    await worker.ended;
    await server.remove();
    await rm(await folder, { recursive: true });
  });

  test('has the trials that it would have run itself', async () => {
    const space = join(await folder, 'space.json');
    const tune = async (name: string, ...args: readonly string[]) => {
      const usual = ['--space', space, '--objective', objective, '--sampler', 'random', '--trials', '8', '--parallel', '3', '--name', name];
      const storage = join(await folder, `${name}.journal`);
      const { ended, lines } = run('../src/cli/main.ts', [...usual, '--storage', storage, ...args]);
      expect([await ended, lines.join('\n')]).toEqual([0, expect.stringContaining('8 trials: ')]);
      const { trials } = replay(await journalFile(storage).read(0));
      return trials.map(({ number, state, settings, value }) => ({ number, state, settings, value }));
    };
    expect(await tune('away', '--redis', server.url)).toEqual(await tune('here'));
  });
});

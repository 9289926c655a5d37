import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runExample } from '@downhill/config/examples';
import { expect, test } from 'vitest';
import { hasRedis, redisServer } from '../../test/redis-server.ts';
import { workerProcess } from '../../test/worker-process.ts';
import * as tuning from '../index.ts';
import { journalFile } from '../node.ts';
import { objectiveOnRedis } from './objective-on-redis.ts';

const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
const blocks = [...readme.matchAll(/^```js\n(.*?)^```/gms)].map(([, code = '']) => code);
const study = blocks.find((code) => code.includes('@downhill/tuning/redis')) ?? '';
const objective = blocks.find((code) => code.startsWith('// objective.js')) ?? '';

test.skipIf(!hasRedis)('the README’s study on many machines runs, with a worker beside it', async () => {
  const [server, folder] = await Promise.all([redisServer(), mkdtemp(join(tmpdir(), 'readme-'))]);
  const module = `data:text/javascript,${encodeURIComponent(objective)}`;
  const worker = workerProcess('--redis', server.url, '--objective', module, '--study', 'digits');
  const kept = journalFile(join(folder, 'digits.log'));
  await runExample(study.replace('redis://localhost:6379', server.url), { ...tuning, journalFile: () => kept, objectiveOnRedis }, () => {});
  const again = await tuning.openStudy({ name: 'digits', space: tuning.space({ x: tuning.float(-3, 3) }), storage: kept });
  const { trials } = await again.view();
  const right = trials.filter(({ state, value, settings: { x } }) => state === 'complete' && value === (x - 1) ** 2);
  expect(right).toHaveLength(20);
  worker.kill('SIGTERM');
  await worker.ended;
  await server.remove();
  await rm(folder, { recursive: true });
});

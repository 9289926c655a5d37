import { expect, test } from 'vitest';
import type { calls } from '../../src/pages/main-job.ts';
import { hashInProgram } from '../../src/bits/in-program.ts';
import { SETTINGS } from '../../src/bits/settings.ts';
import { useBrowser, useProgram } from '../use-program.ts';

const call = useProgram<typeof calls>(useBrowser(), 'main-job');

test('the main job ends with the same bits in a worker of Chromium as in Node.js', async () => {
  const hash = await call('hash', SETTINGS);
  expect(hash).toMatch(/^[0-9a-f]{64}$/);
  expect(hash).toBe(await hashInProgram(process.execPath));
});

test('another seed ends with others', async () => {
  const few = { limit: 600, epochs: 1 };
  expect(await call('hash', { ...few, seed: 1 })).not.toBe(await call('hash', { ...few, seed: 2 }));
});

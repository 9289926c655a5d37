import { expect, test } from 'vitest';
import { memoryStorage, type StudyEvent } from '../index.ts';

const study = (name: string): StudyEvent => ({ worker: 'w', type: 'study', name, direction: 'minimize' });

test('a memory storage gives its events in order, from any place on', async () => {
  const storage = memoryStorage();
  await storage.append([study('a'), study('b')]);
  await storage.another().append([study('c')]);
  expect(await storage.read(1)).toEqual([study('b'), study('c')]);
  expect(await storage.read(3)).toEqual([]);
});

test('a memory storage keeps events as they were appended', async () => {
  const storage = memoryStorage();
  const value = { host: ['a'] };
  await storage.append([{ worker: 'w', type: 'study-attribute', study: 0, by: 'user', key: 'k', value }]);
  value.host.push('b');
  expect(await storage.read(0)).toMatchObject([{ value: { host: ['a'] } }]);
});

test('workers of one memory have names of their own, share checkpoints, and are alive until they are closed', async () => {
  const storage = memoryStorage();
  const others = [storage.another(), storage.another().another()];
  expect(new Set([storage, ...others].map(({ worker }) => worker)).size).toBe(3);
  await storage.checkpoints('study-0-trial-1').write('state', new Uint8Array([1]));
  expect(await others[0]?.checkpoints('study-0-trial-1').list()).toEqual(['state']);
  expect(await others[0]?.checkpoints('study-0-trial-2').list()).toEqual([]);
  storage.close();
  expect(others.map((other) => other.isAlive(storage.worker))).toEqual([false, false]);
  expect(others[1]?.isAlive(others[0]?.worker ?? '')).toBe(true);
  expect(storage.isAlive('somebody')).toBe(false);
});

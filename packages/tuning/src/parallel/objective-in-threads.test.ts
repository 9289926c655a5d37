import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { memoryStore } from '@downhill/core';
import { afterAll, describe, expect, test } from 'vitest';
import { madeTrial } from '../../test/made-trial.ts';
import { objective as here } from '../../test/objectives.ts';
import { pruned } from '../study/trial.ts';
import { objectiveInThreads } from './objective-in-threads.ts';

const module = new URL('../../test/objectives.ts', import.meta.url);
const execArgv = ['--import', new URL('../../test/register-tsx.js', import.meta.url).href, '--conditions=@downhill/source'];

describe('an objective in threads', () => {
  const objective = objectiveInThreads({ module, threads: 2, execArgv });
  const folder = mkdtemp(join(tmpdir(), 'threads-'));
  afterAll(async () => {
    await objective.close();
    await rm(await folder, { recursive: true });
  });

  test('comes to the same values, with the same reports, as without threads, bit for bit', async () => {
    const xs = [0.1, 2 / 3, 1e-300, 12345.678];
    const inThreads = xs.map((x) => madeTrial({ x }));
    const inTurn = xs.map((x) => madeTrial({ x }));
    const values = await Promise.all(inThreads.map(objective));
    expect(values).toEqual(await Promise.all(inTurn.map(here)));
    expect(inThreads.map(({ reports }) => [...reports])).toEqual(inTurn.map(({ reports }) => [...reports]));
  });

  test('runs in a thread', async () => {
    expect([await objective(madeTrial({ x: 0, does: 'thread' })), await here(madeTrial({ x: 0, does: 'thread' }))]).toEqual([1, 0]);
  });

  test('is told its number, seed, repeat, where it was, and which checkpoints there are', async () => {
    const checkpoints = memoryStore();
    await checkpoints.write('earlier', new Uint8Array([1]));
    const trial = madeTrial({ x: 5, does: 'who' }, { number: 12, reached: 3, checkpoints });
    expect(await objective(trial)).toBe(5);
    expect(trial.attributes).toEqual({ who: { number: 12, seed: 7, repeat: 0, reached: 3, names: ['earlier'] } });
  });

  test('is pruned when a report says so', async () => {
    const trial = madeTrial({ x: 1 }, { ends: 2 });
    expect(await objective(trial)).toBe(pruned);
    expect([...trial.reports.keys()]).toEqual([0, 1, 2]);
  });

  test('goes on from a checkpoint with the bits of one that never stopped', async () => {
    const checkpoints = memoryStore();
    expect(await objective(madeTrial({ x: 0.3 }, { ends: 2, checkpoints }))).toBe(pruned);
    expect(await objective(madeTrial({ x: 0.3 }, { reached: 2, checkpoints }))).toBe(await here(madeTrial({ x: 0.3 })));
  });

  test('hands NaN on, in reports and as a value', async () => {
    const trial = madeTrial({ x: 1, does: 'nan' });
    expect(await objective(trial)).toBeNaN();
    expect(trial.reports.get(0)).toBeNaN();
  });

  test('has told the study all that it was told to say, also what it did not wait for', async () => {
    const trial = madeTrial({ x: 4, does: 'late' });
    expect(await objective(trial)).toBe(4);
    expect([[...trial.reports], trial.attributes]).toEqual([[[0, 4]], { late: true }]);
  });

  test('throws what the module threw', async () => {
    await expect(objective(madeTrial({ x: 9, does: 'throws' }))).rejects.toMatchObject({ name: 'RangeError', message: 'too far: 9' });
    await expect(objective(madeTrial({ x: 9, does: 'returns nothing' }))).rejects.toMatchObject({ code: 'non-finite' });
  });

  test('throws in the thread what the study refuses', async () => {
    const refusing = { ...madeTrial({ x: 1 }), report: () => Promise.reject(new TypeError('no such step')) };
    await expect(objective(refusing)).rejects.toMatchObject({ name: 'TypeError', message: 'no such step' });
  });

  test('hears the signal', async () => {
    const controller = new AbortController();
    const trial = madeTrial({ x: 1, does: 'waits' }, { signal: controller.signal });
    const running = objective(trial);
    while (trial.reports.size === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    controller.abort();
    await expect(running).rejects.toMatchObject({ code: 'aborted' });
  });

  test('that dies with its thread goes on in another one, from its checkpoint', async () => {
    const trial = madeTrial({ x: 2, does: 'exits in the middle', note: join(await folder, 'died') });
    const read: string[] = [];
    const store = trial.checkpoints;
    const value = await objective({ ...trial, checkpoints: { ...store, read: (name) => (read.push(name), store.read(name)) } });
    expect(value).toBe(await here(madeTrial({ x: 2 })));
    expect([read, [...trial.reports.keys()]]).toEqual([['sum'], [0, 1, 2, 3, 4, 5]]);
  });

  test.each([
    ['exit', 'exited with code: 3'],
    ['uncaught', 'nobody caught this'],
  ])('that dies again (%s) fails, and the next one runs', async (does, message) => {
    await expect(objective(madeTrial({ x: 1, does }))).rejects.toMatchObject({
      code: 'trial-lost',
      message: expect.stringContaining(message),
    });
    expect(await objective(madeTrial({ x: 1 }))).toBe(await here(madeTrial({ x: 1 })));
  });
});

test('a module without an objective is known before the first trial', async () => {
  const objective = objectiveInThreads({ module: 'data:text/javascript,export const objectve = 1', threads: 1, execArgv });
  await expect(objective.load()).rejects.toMatchObject({
    code: 'invalid-argument',
    message: expect.stringContaining('must export a function `objective`'),
  });
  await objective.close();
});

test('the default export will do', async () => {
  const objective = objectiveInThreads({ module: 'data:text/javascript,export default () => 3', threads: 1, execArgv });
  expect(await objective(madeTrial({}))).toBe(3);
  await objective.close();
  await expect(objective(madeTrial({}))).rejects.toMatchObject({ code: 'disposed' });
});

test.each([
  [{ module: '' }, '`module` must be'],
  [{ module: './nowhere.js' }, 'there is no module'],
  [{ module, threads: 0 }, '`threads` must be'],
  [{ module, thread: 2 }, 'Did you mean `threads`?'],
])('%o is refused', (options, message) => {
  expect(() => objectiveInThreads(options as never)).toThrow(
    expect.objectContaining({ code: 'invalid-argument', message: expect.stringContaining(message) }),
  );
});

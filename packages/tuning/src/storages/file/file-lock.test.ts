import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { exitOf, inFolder, startProgram } from '../../../test/processes.ts';
import { withLock } from './file-lock.ts';
import { newProcessName, processState } from './process-name.ts';

/** Leaves the lock of a process that was killed while it had it; with `count` 2 also that of its right to break it. */
async function leaveLock(path: string, count = 1): Promise<void> {
  const child = startProgram('hold-lock.ts', path, count);
  await once(child.stdout!, 'data');
  child.kill('SIGKILL');
  await exitOf(child);
  expect(existsSync(path)).toBe(true);
}

/** How many of several that want the lock at once had it together, at most. */
async function mostAtOnce(path: string, count: number): Promise<number> {
  let [now, most] = [0, 0];
  const work = async () => {
    now += 1;
    most = Math.max(most, now);
    await sleep(2);
    now -= 1;
  };
  await Promise.all(Array.from({ length: count }, () => withLock(path, work)));
  return most;
}

describe('a lock', () => {
  afterEach(() => vi.restoreAllMocks());

  test('is one process’s at a time, and then gone', () =>
    inFolder(async (folder) => {
      expect(await mostAtOnce(`${folder}/lock`, 12)).toBe(1);
      expect(await readdir(folder)).toEqual([]);
    }));

  test('gives what the work gives, and is free again where the work fails', () =>
    inFolder(async (folder) => {
      const lock = `${folder}/lock`;
      await expect(withLock(lock, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
      expect(await withLock(lock, async () => 7)).toBe(7);
    }));

  test('says who has it', () =>
    inFolder((folder) =>
      withLock(`${folder}/lock`, async () => {
        const holder = await readFile(`${folder}/lock`, 'utf8');
        expect(holder.startsWith(`${process.pid}@`)).toBe(true);
        expect(processState(holder)).toBe('alive');
      }),
    ));

  test('of a process that was killed is taken at once, by one of those who wait', () =>
    inFolder(async (folder) => {
      await leaveLock(`${folder}/lock`);
      const begin = performance.now();
      expect(await mostAtOnce(`${folder}/lock`, 12)).toBe(1);
      expect(performance.now() - begin).toBeLessThan(10_000);
      expect(await readdir(folder)).toEqual([]);
    }));

  test('of a process that was killed while it removed another’s is taken as well', () =>
    inFolder(async (folder) => {
      await leaveLock(`${folder}/lock`, 2);
      expect(await mostAtOnce(`${folder}/lock`, 6)).toBe(1);
      expect(await readdir(folder)).toEqual([]);
    }));

  test.each([
    ['Optuna’s', (lock: string) => symlink('study.log', lock)],
    ['another machine’s', (lock: string) => writeFile(lock, newProcessName().replace(/@[^:]*:[^:]*/, '@elsewhere:00000000'))],
  ])('that may be alive, %s, is waited for, and taken when it has been the same for 30 seconds', (_, leave) =>
    inFolder(async (folder) => {
      const lock = `${folder}/lock`;
      await leave(lock);
      let now = 0;
      vi.spyOn(performance, 'now').mockImplementation(() => now);
      let taken = false;
      const done = withLock(lock, async () => void (taken = true));
      await sleep(150);
      now = 29_000;
      await sleep(150);
      expect(taken).toBe(false);
      now = 31_000;
      await done;
      expect(taken).toBe(true);
    }),
  );
});

describe('a process’s name', () => {
  test('is another one each time, and alive for as long as the process', async () => {
    const names = [newProcessName(), newProcessName()];
    expect(new Set(names).size).toBe(2);
    expect(names.map(processState)).toEqual(['alive', 'alive']);
  });

  test('of a process that has ended is dead, and so is one whose id another process has got', () =>
    inFolder(async (folder) => {
      await leaveLock(`${folder}/lock`);
      const left = await readFile(`${folder}/lock`, 'utf8');
      expect(processState(left)).toBe('dead');
      const later = left.replace(/^\d+/, String(process.pid));
      if (process.platform === 'linux') expect(processState(later)).toBe('dead');
    }));

  test.each(['', 'f3a1-140', '17@elsewhere:00000000:1:0-1'])('that says nothing here is unknown: "%s"', (name) => {
    expect(processState(name)).toBe('unknown');
  });
});

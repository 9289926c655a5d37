import { lstatSync, readFileSync, renameSync, unlinkSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { newProcessName, processState } from './process-name.ts';

/** Milliseconds after which a lock that nobody touched is taken to be left behind: `grace_period` of Optuna 4's locks. */
const GRACE = 30_000;
/** Milliseconds between two looks at a lock that another one has: the first, and the longest; each is twice the one before. */
const SHORTEST_SLEEP = 1;
const LONGEST_SLEEP = 64;

/**
 * Does `work` while it alone, of all processes that use this, has the lock `path`.
 *
 * The lock is the file `path`, made exclusively, and holds the name of the process that has it. Optuna's `JournalFileSymlinkLock` and
 * `JournalFileOpenLock` wait for a file of that name and make one, whatever is in it, so that Python waits for us and we for it.
 *
 * A process may die while it has the lock. Where its name shows that it has, or where the lock has been the same for 30 seconds and nothing shows
 * that its process lives, the lock is removed. Only one process at a time may do so, and it looks once more before: the right to remove a lock is
 * itself such a lock, `path.break`. Without it, a second process that had seen the dead one's lock could remove that of a third.
 */
export async function withLock<Result>(path: string, work: () => Result | Promise<Result>): Promise<Result> {
  const name = newProcessName();
  await take(path, name);
  try {
    return await work();
  } finally {
    release(path, name);
  }
}

async function take(path: string, name: string): Promise<void> {
  let seen: { readonly lock: string; readonly since: number } | undefined;
  for (let pause = SHORTEST_SLEEP; !make(path, name); pause = Math.min(2 * pause, LONGEST_SLEEP)) {
    const lock = look(path);
    if (lock === undefined) continue;
    if (lock.id !== seen?.lock) seen = { lock: lock.id, since: performance.now() };
    const state = processState(lock.holder);
    const left = state === 'dead' || (state === 'unknown' && performance.now() - seen.since > GRACE);
    if (left) await remove(path, lock.id);
    else await sleep(pause);
  }
}

async function remove(path: string, id: string): Promise<void> {
  await withLock(`${path}.break`, () => {
    if (look(path)?.id === id) discard(path);
  });
}

/** Whether the lock was free. */
function make(path: string, name: string): boolean {
  try {
    writeFileSync(path, name, { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** The lock that is there. `id` is another one for each time that it was taken; `holder` is empty for Optuna's locks. */
function look(path: string): { readonly id: string; readonly holder: string } | undefined {
  try {
    const status = lstatSync(path, { bigint: true });
    const holder = status.isSymbolicLink() ? '' : readFileSync(path, 'utf8');
    return { id: `${status.ino} ${status.mtimeNs} ${holder}`, holder };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Nothing happens where the lock was taken away meanwhile. */
function release(path: string, name: string): void {
  if (look(path)?.holder === name) discard(path);
}

/** As Optuna does it: the lock is free at the rename, which is atomic also on network file systems. */
function discard(path: string): void {
  const away = `${path}.${process.pid}-${performance.now()}.rename`;
  try {
    renameSync(path, away);
    unlinkSync(away);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error; // an Optuna that had waited its 30 seconds was first
  }
}

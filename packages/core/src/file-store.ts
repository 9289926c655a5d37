import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { threadId } from 'node:worker_threads';
import type { CheckpointStore } from './checkpoint-store.ts';

const UNFINISHED = '.unfinished';

/**
 * Keeps checkpoints, and other files that belong to them, in a folder, which is made when the first one is written.
 *
 * A file appears whole or not at all, also when the process or the machine dies: the bytes go to a file of another name in the same
 * folder, which is flushed to the disk and then renamed; then the folder is flushed. Files are written one after the other, whoever asks:
 * a run's checkpoints and the best weights of a hook may share a store. Several processes and threads of one machine may write to one
 * folder.
 */
export function fileStore(folder: string): CheckpointStore {
  let last: Promise<unknown> = Promise.resolve();
  return {
    async list() {
      const entries = await readdir(folder, { withFileTypes: true }).catch(emptyWhereMissing);
      return entries.filter((entry) => entry.isFile() && !entry.name.endsWith(UNFINISHED)).map(({ name }) => name);
    },
    async read(name) {
      return new Uint8Array(await readFile(join(folder, name)));
    },
    write(name, bytes) {
      const written = last.then(() => writeWhole(folder, name, bytes)); // one alone: it removes what others left unfinished
      last = written.catch(() => {}); // that is the business of whoever asked for it
      return written;
    },
    remove: (name) => rm(join(folder, name), { force: true }),
  };
}

async function writeWhole(folder: string, name: string, bytes: Uint8Array): Promise<void> {
  await mkdir(folder, { recursive: true });
  await removeUnfinished(folder);
  const unfinished = join(folder, `${name}.${process.pid}-${threadId}${UNFINISHED}`); // nobody else writes to it
  const file = await open(unfinished, 'w');
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(unfinished, join(folder, name));
  await flushFolder(folder);
}

/** What a killed process left; what another one is writing just now stays. */
async function removeUnfinished(folder: string): Promise<void> {
  const names = await readdir(folder);
  const left = names.filter((name) => name.endsWith(UNFINISHED) && !isAlive(writerOf(name)));
  await Promise.all(left.map((name) => rm(join(folder, name), { force: true })));
}

const writerOf = (name: string): number => Number(/\.(\d+)-\d+\.unfinished$/.exec(name)?.[1] ?? Number.NaN);

function isAlive(id: number): boolean {
  if (Number.isNaN(id)) return false;
  try {
    return process.kill(id, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'; // it is there, and another user's
  }
}

/** Makes a rename or a new file in a folder last. Windows cannot open a folder, and there they last without it. */
export async function flushFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function emptyWhereMissing(error: NodeJS.ErrnoException): never[] {
  if (error.code === 'ENOENT') return [];
  throw error;
}

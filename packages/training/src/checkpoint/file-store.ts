import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { CheckpointStore } from './store.ts';

const SUFFIX = '.safetensors';
const UNFINISHED = '.unfinished';

/**
 * Keeps checkpoints as files of a folder, which is made when the first one is written.
 *
 * A file appears whole or not at all, also when the process or the machine dies: the bytes go to a file of another name in the same
 * folder, which is flushed to the disk and then renamed; then the folder is flushed. Files are written one after the other, whoever asks:
 * a run's checkpoints and the best weights of a hook may share a store.
 */
export function fileStore(folder: string): CheckpointStore {
  let last: Promise<unknown> = Promise.resolve();
  return {
    async list() {
      const names = await readdir(folder).catch(emptyWhereMissing);
      return names.filter((name) => name.endsWith(SUFFIX));
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
  const unfinished = join(folder, `${name}${UNFINISHED}`);
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

/** What a killed process left. */
async function removeUnfinished(folder: string): Promise<void> {
  const names = await readdir(folder);
  await Promise.all(names.filter((name) => name.endsWith(UNFINISHED)).map((name) => rm(join(folder, name), { force: true })));
}

/** Makes a rename last. Windows cannot open a folder, and there a rename lasts without it. */
async function flushFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function emptyWhereMissing(error: NodeJS.ErrnoException): string[] {
  if (error.code === 'ENOENT') return [];
  throw error;
}

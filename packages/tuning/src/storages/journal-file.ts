import { closeSync, fsyncSync, ftruncateSync, openSync, writeFileSync } from 'node:fs';
import { mkdir, rmdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { DownhillError, isDownhillError, show, type CheckpointStore } from '@downhill/core';
import { fileStore, flushFolder } from '@downhill/core/node';
import { withLock } from './file/file-lock.ts';
import { journalReader, type JournalReader } from './file/journal-reader.ts';
import { newProcessName, processState } from './file/process-name.ts';
import { encodeEvent } from './optuna/encode-event.ts';
import { parsePythonJson } from './optuna/python-json.ts';
import type { Storage } from './storage.ts';
import type { StudyEvent } from './study-event.ts';

const source = 'journalFile';

/**
 * Keeps studies in a file that only grows, in the format of Optuna's `JournalStorage` over a `JournalFileStorage` (3.1; `JournalFileBackend` of
 * Optuna 4): Optuna and its dashboard read these studies, and this reads Optuna's.
 *
 * Any number of processes, Python's among them, may append to one file, each under the lock `path.lock` of Optuna's lock classes. What has been
 * appended is on the disk. A crash in the middle of a write leaves at most a piece of a line, which is not read and is cut off before the next one
 * is written. Checkpoints are files in the folder `path.checkpoints`.
 *
 * A trial that another machine or container, or Optuna itself, left running when it died stays so: from here it cannot be told.
 *
 * @param path A file that need not be there yet, nor its folder.
 * @example
 * const storage = journalFile('runs/no-study-yet.log');
 * await storage.read(0); // []
 * storage.isAlive(storage.worker); // true
 *
 * @throws DownhillError `invalid-argument` for what is no path. `read` and `append` throw `data-invalid` where the file is damaged or no journal at
 * all, and leave it as it is; `unsupported` where a newer Optuna wrote what is not known; `append` throws `write-failed` where the disk is full or
 * the folder cannot be written to, and nothing of the events is then kept.
 */
export function journalFile(path: string): Storage {
  if (typeof path !== 'string' || path === '')
    throw new DownhillError({ code: 'invalid-argument', source, problem: `\`path\` must be the path of a file, got ${show(path)}` });
  const reader = journalReader(path);
  const worker = newProcessName();
  let last: Promise<unknown> = Promise.resolve();
  return Object.freeze({
    worker,
    async read(from) {
      reader.readOn();
      return reader.events.slice(from);
    },
    append(events) {
      const done = last.then(() => append(path, reader, events));
      last = done.catch(() => {}); // that is the business of whoever asked for it
      return done;
    },
    isAlive: (name) => processState(name) !== 'dead',
    checkpoints: (key) => checkpointFolder(`${path}.checkpoints`, key),
  } satisfies Storage);
}

async function append(path: string, reader: JournalReader, events: readonly StudyEvent[]): Promise<void> {
  if (events.length === 0) return;
  const text = events.map((event) => `${encodeEvent(event)}\n`).join('');
  try {
    await mkdir(dirname(path), { recursive: true });
    const isNew = await withLock(`${path}.lock`, () => appendNow(path, reader, text));
    if (isNew) await flushFolder(dirname(path));
  } catch (error) {
    if (isDownhillError(error)) throw error;
    throw new DownhillError({
      code: 'write-failed',
      source,
      problem: `nothing could be appended to ${path} (${(error as Error).message})`,
      advice: 'What was in it is still there. See that the disk has room and the folder can be written to.',
      cause: error,
    });
  }
}

/** In one go, so that an objective that computes for minutes does not do so while this process has the lock. Whether the file is a new one. */
function appendNow(path: string, reader: JournalReader, text: string): boolean {
  const tail = reader.readOn();
  const file = openSync(path, 'a');
  try {
    appendWhole(file, reader.end, tail, text);
  } finally {
    closeSync(file);
  }
  return reader.end + tail.length === 0;
}

/** Where the bytes do not all reach the disk, none is left. `tail` is what a crash left behind the last whole line, at `end`. */
function appendWhole(file: number, end: number, tail: Uint8Array, text: string): void {
  const lacksEnd = isWhole(tail);
  if (!lacksEnd && tail.length > 0) ftruncateSync(file, end);
  try {
    writeFileSync(file, lacksEnd ? `\n${text}` : text);
    fsyncSync(file);
  } catch (error) {
    ftruncateSync(file, lacksEnd ? end + tail.length : end);
    throw error;
  }
}

/** Whether a line lacks nothing but its end. */
function isWhole(line: Uint8Array): boolean {
  try {
    return typeof parsePythonJson(new TextDecoder('utf-8', { fatal: true }).decode(line)) === 'object';
  } catch {
    return false;
  }
}

/** The folder goes with the last of its files. */
function checkpointFolder(folder: string, key: string): CheckpointStore {
  if (!/^[A-Za-z0-9-]+$/.test(key))
    throw new DownhillError({
      code: 'invalid-argument',
      source,
      problem: `\`key\` must be made of letters, digits and hyphens, got ${show(key)}`,
    });
  const store = fileStore(join(folder, key));
  return {
    ...store,
    async remove(name) {
      await store.remove(name);
      await rmdir(join(folder, key))
        .then(() => rmdir(folder))
        .catch(unlessNeeded);
    },
  };
}

function unlessNeeded(error: NodeJS.ErrnoException): void {
  if (!['ENOTEMPTY', 'EEXIST', 'ENOENT'].includes(error.code ?? '')) throw error;
}

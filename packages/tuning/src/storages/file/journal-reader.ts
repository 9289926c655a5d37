import { open, type FileHandle } from 'node:fs/promises';
import { DownhillError } from '@downhill/core';
import type { StudyEvent } from '../study-event.ts';
import { noJournal, readLine } from './damage.ts';
import { beginsLikeEntry, journalLines } from './journal-lines.ts';

/** What has been read of a journal. It grows with the file. */
export interface JournalReader {
  readonly events: readonly StudyEvent[];
  /** Where the whole lines end that have been read. */
  readonly end: number;
  /**
   * Reads the whole lines that are there by now.
   *
   * @returns what is behind them: a line that is being written, or that a crash has left.
   * @throws DownhillError `data-invalid` or `unsupported`; the lines before the one that it names have been read.
   */
  readOn(): Promise<Uint8Array>;
}

export function journalReader(path: string): JournalReader {
  const events: StudyEvent[] = [];
  let end = 0;
  return {
    events,
    get end() {
      return end;
    },
    async readOn() {
      const { lines, tail } = journalLines(await bytesFrom(path, end));
      const begin = end;
      for (const { at, bytes } of lines) {
        events.push(readLine(bytes, { path, line: events.length + 1, byte: begin + at }));
        end = begin + at + bytes.length + 1;
      }
      if (events.length === 0 && !beginsLikeEntry(tail)) throw noJournal('journalFile', path, tail);
      return tail;
    },
  };
}

/** Nothing where there is no file yet. */
async function bytesFrom(path: string, from: number): Promise<Uint8Array> {
  const file = await open(path, 'r').catch(unlessMissing);
  if (file === undefined) return from === 0 ? new Uint8Array() : shrunk(path, 0, from);
  try {
    const status = await file.stat();
    if (status.isDirectory()) return isFolder(path);
    if (status.size < from) return shrunk(path, status.size, from);
    return await allBytes(file, from, status.size);
  } finally {
    await file.close();
  }
}

function unlessMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}

async function allBytes(file: FileHandle, from: number, to: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(to - from);
  let filled = 0;
  while (filled < bytes.length) {
    const { bytesRead } = await file.read(bytes, filled, bytes.length - filled, from + filled);
    if (bytesRead === 0) break; // a torn line was cut off meanwhile
    filled += bytesRead;
  }
  return bytes.subarray(0, filled);
}

function isFolder(path: string): never {
  throw new DownhillError({
    code: 'invalid-argument',
    source: 'journalFile',
    problem: `\`path\` must be the path of a file, got the folder ${path}`,
  });
}

function shrunk(path: string, size: number, read: number): never {
  throw new DownhillError({
    code: 'data-invalid',
    source: 'journalFile',
    problem: `${path} has ${size} bytes, of which ${read} had been read: somebody removed it or put another in its place`,
    advice: 'Journals only grow. Open it again with journalFile(path).',
  });
}

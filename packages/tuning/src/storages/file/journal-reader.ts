import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
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
  readOn(): Uint8Array;
}

export function journalReader(path: string): JournalReader {
  const events: StudyEvent[] = [];
  let end = 0;
  return {
    events,
    get end() {
      return end;
    },
    readOn() {
      const { lines, tail } = journalLines(bytesFrom(path, end));
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
function bytesFrom(path: string, from: number): Uint8Array {
  const file = openUnlessMissing(path);
  if (file === undefined) return from === 0 ? new Uint8Array() : shrunk(path, 0, from);
  try {
    const status = fstatSync(file);
    if (status.isDirectory()) return isFolder(path);
    if (status.size < from) return shrunk(path, status.size, from);
    return allBytes(file, from, status.size);
  } finally {
    closeSync(file);
  }
}

function openUnlessMissing(path: string): number | undefined {
  try {
    return openSync(path, 'r');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return undefined;
  }
}

function allBytes(file: number, from: number, to: number): Uint8Array {
  const bytes = new Uint8Array(to - from);
  let filled = 0;
  while (filled < bytes.length) {
    const read = readSync(file, bytes, filled, bytes.length - filled, from + filled);
    if (read === 0) break; // a torn line was cut off meanwhile
    filled += read;
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

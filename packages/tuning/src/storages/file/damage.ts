import { DownhillError, isDownhillError, show } from '@downhill/core';
import type { StudyEvent } from '../study-event.ts';
import { decodeEntry } from '../optuna/decode-entry.ts';
import { beginsLikeEntry } from './journal-lines.ts';

/** Where a line is: its number, from 1 on, and the byte of the file at which it begins. */
export interface LinePlace {
  readonly path: string;
  readonly line: number;
  readonly byte: number;
}

const LENGTH_SHOWN = 60;

/** The beginning of a line, as a message shows it. */
const beginOfLine = (bytes: Uint8Array): string => show(Buffer.from(bytes.subarray(0, LENGTH_SHOWN)).toString('utf8'));

/**
 * What a line of a journal says.
 *
 * @throws DownhillError `data-invalid` or `unsupported`, saying where.
 */
export function readLine(bytes: Uint8Array, place: LinePlace): StudyEvent {
  try {
    return decodeEntry(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    if (place.line === 1 && !beginsLikeEntry(bytes)) throw noJournal('journalFile', place.path, bytes);
    throw isDownhillError(error) && error.code === 'unsupported' ? cannotRead(bytes, place, error) : damaged(bytes, place, error);
  }
}

export const noJournal = (source: string, path: string, bytes: Uint8Array): DownhillError =>
  new DownhillError({
    code: 'data-invalid',
    source,
    problem: `${path} is no journal of studies: it begins with ${beginOfLine(bytes)}`,
    advice:
      'It was left as it is. Give the path of a journal, or of a file that is not there yet; repairJournal(path) looks for entries further on.',
  });

const damaged = (bytes: Uint8Array, { path, line, byte }: LinePlace, cause: unknown): DownhillError =>
  new DownhillError({
    code: 'data-invalid',
    source: 'journalFile',
    problem: `line ${line} of ${path}, at byte ${byte}, is damaged (${reason(cause)}): ${beginOfLine(bytes)}`,
    advice: `The file was left as it is. \`await repairJournal(${show(path)})\` writes what is whole beside it and says what is lost.`,
    cause,
  });

const cannotRead = (bytes: Uint8Array, { path, line, byte }: LinePlace, cause: DownhillError): DownhillError =>
  new DownhillError({
    code: 'unsupported',
    source: 'journalFile',
    problem: `line ${line} of ${path}, at byte ${byte}, was written by another version (${reason(cause)}): ${beginOfLine(bytes)}`,
    advice:
      'The file was left as it is. The entries known are those of Optuna 3.1 to 4: update Downhill, or keep this study in a file of its own.',
    cause,
  });

/** The middle of an error's message. */
const reason = (error: unknown): string =>
  error instanceof Error ? error.message.replace(/^\[[^\]]*\] journalFile: /, '').replace(/\..*$/s, '') : String(error);

import { decodeEntry } from '../optuna/decode-entry.ts';
import { encodeEvent } from '../optuna/encode-event.ts';
import { DIRECTIONS, OPERATION } from '../optuna/operations.ts';
import type { StudyEvent } from '../study-event.ts';
import { journalLines } from './journal-lines.ts';

/** What could not be read of a journal. */
export interface JournalLoss {
  /** The line that it is in, from 1 on. */
  readonly line: number;
  /** The byte of the file at which that line begins. */
  readonly byte: number;
  /** What is lost, as it stands there. */
  readonly text: string;
  /** What the repaired journal has in its place, so that the numbers of later studies and trials stay right; nothing where none is needed. */
  readonly replacedBy?: 'study' | 'trial';
}

interface Piece {
  readonly line: number;
  readonly byte: number;
  readonly text: string;
  readonly event?: StudyEvent;
}

/** What is whole of a journal, line by line, and what is not. `worker` appends what stands for lost entries. */
export function repairedLines(
  bytes: Uint8Array,
  worker: string,
): { readonly lines: readonly string[]; readonly lost: readonly JournalLoss[] } {
  const pieces = piecesOf(bytes);
  const lines: string[] = [];
  const lost: JournalLoss[] = [];
  const seen = { studies: 0, trials: 0 };
  for (const [index, { event, ...place }] of pieces.entries()) {
    const instead = event === undefined ? standIn(place, seen, pieces.slice(index + 1), worker) : undefined;
    const made = (event ?? instead)?.type;
    if (made === 'study') seen.studies += 1;
    if (made === 'trial') seen.trials += 1;
    if (event === undefined) lost.push(instead === undefined ? place : { ...place, replacedBy: instead.type });
    if (event !== undefined) lines.push(place.text);
    else if (instead !== undefined) lines.push(encodeEvent(instead));
  }
  return { lines, lost };
}

/** Entries, and what is between them: a line in which two writers met may hold a whole one behind a torn one. */
function piecesOf(bytes: Uint8Array): readonly Piece[] {
  const { lines, tail } = journalLines(bytes);
  const all = tail.length === 0 ? lines : [...lines, { at: bytes.length - tail.length, bytes: tail }];
  return all.flatMap((line, index) => {
    const text = Buffer.from(line.bytes).toString('utf8');
    const place = { line: index + 1, byte: line.at };
    const event = eventOf(text);
    if (event !== undefined) return [{ ...place, text, event }];
    return text.split(/(?=\{"op_code")/).map((part) => piece(place, part));
  });
}

function piece(place: { readonly line: number; readonly byte: number }, text: string): Piece {
  const event = eventOf(text);
  return { ...place, text, ...(event === undefined ? {} : { event }) };
}

function eventOf(text: string): StudyEvent | undefined {
  try {
    return decodeEntry(text);
  } catch {
    return undefined;
  }
}

type StandIn = Extract<StudyEvent, { type: 'study' | 'trial' }>;

/** What must stand for a lost entry that made a study or a trial. Where its operation is lost too, later entries show that a trial is missing. */
function standIn(
  { text, line }: Piece,
  seen: { readonly studies: number; readonly trials: number },
  later: readonly Piece[],
  worker: string,
): StandIn | undefined {
  const operation = numberAfter(text, 'op_code');
  if (operation === OPERATION.createStudy) {
    const [, name] = /"study_name":\s*("(?:[^"\\]|\\.)*")/.exec(text) ?? [];
    const direction = DIRECTIONS[Number(/"directions":\s*\[(\d)/.exec(text)?.[1] ?? 1)] ?? 'minimize';
    return { worker, type: 'study', name: name === undefined ? `lost in line ${line}` : (JSON.parse(name) as string), direction };
  }
  if (operation === OPERATION.createTrial || (operation === undefined && lacksTrial(seen.trials, later)))
    return { worker, type: 'trial', study: numberAfter(text, 'study_id') ?? Math.max(seen.studies - 1, 0), state: 'running' };
  return undefined;
}

function numberAfter(text: string, name: string): number | undefined {
  const [, digits] = new RegExp(`"${name}":\\s*(\\d+)[,}]`).exec(text) ?? [];
  return digits === undefined ? undefined : Number(digits);
}

/** Whether later entries speak of a trial that none of them, nor one before, has made. */
function lacksTrial(before: number, later: readonly Piece[]): boolean {
  let trials = before;
  for (const { event, text } of later) {
    if (event?.type === 'trial' || (event === undefined && numberAfter(text, 'op_code') === OPERATION.createTrial)) trials += 1;
    else if (event !== undefined && 'trial' in event && event.trial >= trials) return true;
  }
  return false;
}

const NEWLINE = 0x0a;

/** One line of a journal, without its end. */
export interface JournalLine {
  /** The byte of the part that it begins at. */
  readonly at: number;
  readonly bytes: Uint8Array;
}

/** The whole lines of a part of a journal, and what is behind the last of them. */
export function journalLines(bytes: Uint8Array): { readonly lines: readonly JournalLine[]; readonly tail: Uint8Array } {
  const lines: JournalLine[] = [];
  let at = 0;
  for (let end = bytes.indexOf(NEWLINE); end !== -1; end = bytes.indexOf(NEWLINE, at)) {
    lines.push({ at, bytes: bytes.subarray(at, end) });
    at = end + 1;
  }
  return { lines, tail: bytes.subarray(at) };
}

const ENTRY_BEGIN = '{"op_code"';

/** Whether bytes can be how an entry of a journal begins, as both Downhill and Optuna write one; a lost write may have left zeros behind it. */
export function beginsLikeEntry(bytes: Uint8Array): boolean {
  const begin = Buffer.from(bytes).toString('latin1').replace(/\0+$/, '').slice(0, ENTRY_BEGIN.length);
  return ENTRY_BEGIN.startsWith(begin);
}

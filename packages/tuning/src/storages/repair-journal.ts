import { open, readFile } from 'node:fs/promises';
import { DownhillError } from '@downhill/core';
import { noJournal } from './file/damage.ts';
import { newProcessName } from './file/process-name.ts';
import { repairedLines, type JournalLoss } from './file/repaired-lines.ts';

/** What {@link repairJournal} made. */
export interface JournalRepair {
  /** The journal that is whole: the one beside the damaged one, or the one given where nothing in it is damaged. */
  readonly path: string;
  /** How many entries it has. */
  readonly entries: number;
  /** What it lacks. */
  readonly lost: readonly JournalLoss[];
}

/**
 * Writes what is whole of a damaged journal to `path.repaired`; the damaged one stays as it is. A trial whose first entry is lost is there with what
 * later ones say of it, and one whose end is lost is still running: it is run again once its worker is gone.
 *
 * @example
 * const { mkdtempSync, rmSync, writeFileSync } = process.getBuiltinModule('node:fs');
 * const folder = mkdtempSync('/tmp/journal-');
 * writeFileSync(`${folder}/study.log`, '{"op_code":0,"worker_id":"a","study_name":"mnist","directions":[1]}\nnoise\n');
 * const { lost } = await repairJournal(`${folder}/study.log`);
 * lost; // [{ line: 2, byte: 68, text: 'noise' }]
 * rmSync(folder, { recursive: true });
 *
 * @throws DownhillError `data-invalid` where no line is an entry of a journal, `name-taken` where `path.repaired` is there already.
 */
export async function repairJournal(path: string): Promise<JournalRepair> {
  const bytes = await readFile(path);
  const { lines, lost } = repairedLines(bytes, newProcessName());
  if (lines.length === 0 && bytes.length > 0) throw noJournal('repairJournal', path, bytes);
  const whole = Buffer.from(lines.map((line) => `${line}\n`).join(''));
  if (whole.equals(bytes)) return { path, entries: lines.length, lost };
  const repaired = `${path}.repaired`;
  await writeNew(repaired, whole);
  return { path: repaired, entries: lines.length, lost };
}

async function writeNew(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, 'wx').catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
    throw new DownhillError({
      code: 'name-taken',
      source: 'repairJournal',
      problem: `${path} is there already`,
      advice: 'It may be an earlier repair: use it, or move it away first.',
    });
  });
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

import { readFile, writeFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { inFolder } from '../../test/processes.ts';
import { journalFile } from './journal-file.ts';
import { encodeEvent } from './optuna/encode-event.ts';
import { repairJournal } from './repair-journal.ts';
import type { StudyEvent } from './study-event.ts';

const worker = 'w';
const study: StudyEvent = { worker, type: 'study', name: 'mnist', direction: 'maximize' };
const begin: StudyEvent = { worker, type: 'trial', study: 0, state: 'running', at: 1_700_000_000_000 };
const report = (trial: number, step: number): StudyEvent => ({ worker, type: 'report', trial, step, value: step / 3 });
const end = (trial: number): StudyEvent => ({ worker, type: 'state', trial, state: 'complete', value: 0.5, at: 1_700_000_001_000 });

/** Repairs a journal of such lines, and reads what came of it. */
const repaired = (lines: readonly (StudyEvent | string)[]) =>
  inFolder(async (folder) => {
    const path = `${folder}/study.log`;
    const text = lines.map((line) => `${typeof line === 'string' ? line : encodeEvent(line)}\n`).join('');
    await writeFile(path, text);
    const repair = await repairJournal(path);
    expect(await readFile(path, 'utf8')).toBe(text);
    expect(repair.path).toBe(repair.lost.length === 0 && text === (await readFile(repair.path, 'utf8')) ? path : `${path}.repaired`);
    const events = await journalFile(repair.path).read(0);
    expect(events.length).toBe(repair.entries);
    return { ...repair, events };
  });

describe('a repaired journal', () => {
  test('is the journal itself where nothing is damaged', async () => {
    expect(await repaired([study, begin, end(0)])).toMatchObject({ lost: [], entries: 3 });
  });

  test('lacks the damaged line alone, and says what stood in it and where', async () => {
    const damaged = encodeEvent(report(0, 1)).replace('"step"', '#step#');
    const { events, lost } = await repaired([study, begin, report(0, 0), damaged, end(0)]);
    expect(events).toEqual([study, begin, report(0, 0), end(0)]);
    const byte = [study, begin, report(0, 0)].reduce((sum, event) => sum + encodeEvent(event).length + 1, 0);
    expect(lost).toEqual([{ line: 4, byte, text: damaged }]);
  });

  test('has the entry that was written behind a torn one', async () => {
    const torn = encodeEvent(report(0, 0)).slice(0, 40);
    const { events, lost } = await repaired([study, begin, torn + encodeEvent(end(0))]);
    expect(events).toEqual([study, begin, end(0)]);
    expect(lost.map(({ text }) => text)).toEqual([torn]);
  });

  test('has both of two entries in one line', async () => {
    const { events, lost, path } = await repaired([study, encodeEvent(begin) + encodeEvent(end(0))]);
    expect([events, lost]).toEqual([[study, begin, end(0)], []]);
    expect(path).toMatch(/\.repaired$/);
  });

  test.each([
    ['its operation can be read', encodeEvent(begin).slice(0, -10)],
    ['nothing of it can be read', 'x'.repeat(40)],
  ])('has a trial whose first entry is damaged, with what later ones say of it, where %s', async (_, damaged) => {
    const { events, lost } = await repaired([study, begin, damaged, report(1, 0), begin, end(1), end(2)]);
    expect(lost).toMatchObject([{ line: 3, text: damaged, replacedBy: 'trial' }]);
    expect(events[2]).toMatchObject({ type: 'trial', study: 0, state: 'running' });
    expect(events.toSpliced(2, 1)).toEqual([study, begin, report(1, 0), begin, end(1), end(2)]);
  });

  test('has no more trials than there were where a line of another kind is damaged', async () => {
    const { lost, events } = await repaired([study, begin, 'x'.repeat(40), begin, report(1, 0), end(0)]);
    expect(lost).toMatchObject([{ line: 3 }]);
    expect(events.filter(({ type }) => type === 'trial').length).toBe(2);
  });

  test('has a study whose entry is damaged, under its name where that is whole', async () => {
    const { events, lost } = await repaired([encodeEvent(study).replace('"worker_id"', '"worker_xd"'), begin, end(0)]);
    expect(lost).toMatchObject([{ line: 1, replacedBy: 'study' }]);
    expect(events[0]).toMatchObject({ type: 'study', name: 'mnist', direction: 'maximize' });
  });

  test('is not written over an earlier one, nor from what is no journal', () =>
    inFolder(async (folder) => {
      const path = `${folder}/study.log`;
      await writeFile(path, `${encodeEvent(study)}\nnoise\n`);
      await repairJournal(path);
      await expect(repairJournal(path)).rejects.toMatchObject({ code: 'name-taken' });
      await writeFile(path, 'hello\n');
      await expect(repairJournal(path)).rejects.toMatchObject({ code: 'data-invalid' });
    }));
});

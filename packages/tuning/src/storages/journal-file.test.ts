import { existsSync } from 'node:fs';
import { appendFile, mkdtemp, mkdir, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { exitOf, inFolder, startProgram } from '../../test/processes.ts';
import { testStorage } from '../testing/test-storage.ts';
import { journalFile } from './journal-file.ts';
import { encodeEvent } from './optuna/encode-event.ts';
import type { StudyEvent } from './study-event.ts';

testStorage('a journal file', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'journal-'));
  return { open: () => journalFile(`${folder}/runs/study.log`), remove: () => rm(folder, { recursive: true }) };
});

const report = (step: number, worker = 'w'): StudyEvent => ({ worker, type: 'report', trial: 0, step, value: step / 3 });
const lineOf = (event: StudyEvent): string => `${encodeEvent(event)}\n`;
const first: StudyEvent = { worker: 'w', type: 'study', name: 'mnist', direction: 'minimize' };

/** A journal of a study and two reports, in a folder of its own. */
const withJournal = (work: (path: string, text: Buffer) => Promise<void>): Promise<void> =>
  inFolder(async (folder) => {
    const path = `${folder}/study.log`;
    const text = Buffer.from([first, report(0), report(1)].map(lineOf).join(''));
    await writeFile(path, text);
    await work(path, text);
  });

const refusal = (code: string, ...parts: readonly string[]): unknown =>
  expect.objectContaining({
    code,
    message: expect.stringMatching(new RegExp(parts.map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('.*'), 's')),
  });

describe('a journal file', () => {
  test('that is torn at any byte of its last line loses nothing that was whole, and goes on', () =>
    withJournal(async (path, text) => {
      const last = Buffer.byteLength(lineOf(report(1)));
      for (let cut = text.length - last + 1; cut < text.length; cut += 1) {
        await writeFile(path, text.subarray(0, cut));
        const storage = journalFile(path);
        expect(await storage.read(0)).toEqual([first, report(0)]);
        await storage.append([report(2)]);
        const kept = cut === text.length - 1 ? [first, report(0), report(1)] : [first, report(0)];
        expect(await storage.read(0)).toEqual([...kept, report(2)]);
        expect(await readFile(path, 'utf8')).toBe([...kept, report(2)].map(lineOf).join(''));
      }
    }));

  test('that is torn in its first line is a new one', () =>
    inFolder(async (folder) => {
      const path = `${folder}/study.log`;
      const line = lineOf(first);
      for (const left of [0, 1, 5, 12, line.length - 2]) {
        await writeFile(path, line.slice(0, left));
        const storage = journalFile(path);
        expect(await storage.read(0)).toEqual([]);
        await storage.append([first]);
        expect(await readFile(path, 'utf8')).toBe(line);
      }
    }));

  test('that ends in the zeros of a lost write goes on behind its last whole line', () =>
    withJournal(async (path, text) => {
      await truncate(path, text.length + 100);
      await journalFile(path).append([report(2)]);
      expect(await journalFile(path).read(0)).toEqual([first, report(0), report(1), report(2)]);
    }));

  test('that is empty or not there is a new one, and reading does not make it', () =>
    inFolder(async (folder) => {
      const path = `${folder}/deep/study.log`;
      expect(await journalFile(path).read(0)).toEqual([]);
      expect(await readdir(folder)).toEqual([]);
      await mkdir(`${folder}/deep`);
      await writeFile(path, '');
      expect(await journalFile(path).read(0)).toEqual([]);
    }));

  test('shows no piece of a line that is being written', () =>
    withJournal(async (path) => {
      const storage = journalFile(path);
      const line = lineOf(report(2));
      await appendFile(path, line.slice(0, 20));
      expect(await storage.read(2)).toEqual([report(1)]);
      await appendFile(path, line.slice(20));
      expect(await storage.read(2)).toEqual([report(1), report(2)]);
    }));

  test.each([
    ['that no journal begins with', (text: string) => text.replace('"trial_id"', '"trial_xd"'), 'trial_id'],
    ['that is no JSON', (text: string) => text.replace('{"op_code":7', '{"op_co#e":7,'), '{\\"op_co#e'],
    ['that is not UTF-8', (text: string) => Buffer.from(text.replace('"w"', '"\u00ff"'), 'latin1'), 'op_code'],
  ])('with a line in its middle %s says where, and is left as it is', (_, damage, shown) =>
    withJournal(async (path) => {
      const bytes = Buffer.concat([Buffer.from(lineOf(first)), Buffer.from(damage(lineOf(report(0)))), Buffer.from(lineOf(report(1)))]);
      await writeFile(path, bytes);
      const refused = refusal('data-invalid', `line 2 of ${path}, at byte ${Buffer.byteLength(lineOf(first))}`);
      const storage = journalFile(path);
      await expect(storage.read(0)).rejects.toEqual(refused);
      await expect(storage.read(0)).rejects.toThrow(shown);
      await expect(storage.append([report(2)])).rejects.toEqual(refused);
      expect(await readFile(path)).toEqual(bytes);
      expect(existsSync(`${path}.lock`)).toBe(false);
    }),
  );

  test('that a later Optuna has written says what is not known, and is left as it is', () =>
    withJournal(async (path, text) => {
      await appendFile(path, '{"op_code": 10, "worker_id": "w"}\n');
      await expect(journalFile(path).append([report(2)])).rejects.toEqual(refusal('unsupported', 'line 4', 'operation 10'));
      expect(await readFile(path, 'utf8')).toBe(`${text.toString()}{"op_code": 10, "worker_id": "w"}\n`);
    }));

  test.each(['# Notes\nof mine', 'hello', '[1, 2]\n', '\u0000'.repeat(3) + 'x', '{"name": "package"}\n'])(
    'does not touch a file that is none: %j',
    (text) =>
      inFolder(async (folder) => {
        const path = `${folder}/notes.md`;
        await writeFile(path, text);
        await expect(journalFile(path).read(0)).rejects.toEqual(refusal('data-invalid', path, 'no journal'));
        await expect(journalFile(path).append([first])).rejects.toEqual(refusal('data-invalid', path, 'no journal'));
        expect(await readFile(path, 'utf8')).toBe(text);
      }),
  );

  test('that somebody put another file in place of is not read on', () =>
    withJournal(async (path) => {
      const storage = journalFile(path);
      await storage.read(0);
      await writeFile(path, lineOf(first));
      await expect(storage.read(0)).rejects.toEqual(refusal('data-invalid', path));
      await rm(path);
      await expect(storage.append([report(2)])).rejects.toEqual(refusal('data-invalid', path));
    }));

  test('has every event once, in one order, where two processes append at the same time', () =>
    inFolder(async (folder) => {
      const path = `${folder}/study.log`;
      const processes = [0, 1].map((trial) => startProgram('append-events.ts', path, 200, trial));
      expect(await Promise.all(processes.map(exitOf))).toEqual([0, 0]);
      const events = await journalFile(path).read(0);
      const stepsOf = (trial: number) => events.flatMap((event) => (event.type === 'report' && event.trial === trial ? [event.step] : []));
      const all = Array.from({ length: 200 }, (_, step) => step);
      expect([stepsOf(0), stepsOf(1), events.length]).toEqual([all, all, 400]);
      expect(new Set(events.map(({ worker }) => worker)).size).toBe(2);
      expect(await readdir(folder)).toEqual(['study.log']);
    }));

  test('keeps what a process had appended before it was killed, and takes more', () =>
    inFolder(async (folder) => {
      const path = `${folder}/study.log`;
      const child = startProgram('append-events.ts', path, 100_000, 0);
      const storage = journalFile(path);
      while ((await storage.read(0)).length < 50) await new Promise((done) => setTimeout(done, 5));
      child.kill('SIGKILL');
      await exitOf(child);
      const before = await storage.read(0);
      await storage.append([report(0, storage.worker)]);
      const events = await journalFile(path).read(0);
      expect(events.slice(0, before.length)).toEqual(before);
      expect(events.length - before.length).toBeGreaterThan(0);
      const [{ worker } = { worker: '' }] = events;
      expect([storage.isAlive(worker), storage.isAlive(storage.worker)]).toEqual([false, true]);
    }));

  test('keeps the order in which one storage was asked to append', () =>
    inFolder(async (folder) => {
      const storage = journalFile(`${folder}/study.log`);
      const events = Array.from({ length: 20 }, (_, step) => report(step));
      await Promise.all(events.map((event) => storage.append([event])));
      expect(await storage.read(0)).toEqual(events);
    }));

  test('takes the workers of Optuna and of other machines to be alive, for they may be', () => {
    const storage = journalFile('study.log');
    expect([storage.isAlive('6f9c1a2e-140'), storage.isAlive('17@elsewhere:00000000:1:0-1')]).toEqual([true, true]);
  });

  test('has no folder of checkpoints where there are none left', () =>
    inFolder(async (folder) => {
      const storage = journalFile(`${folder}/study.log`);
      const [one, two] = [storage.checkpoints('study-1'), storage.checkpoints('study-2')];
      await one.write('last', Uint8Array.of(1));
      await two.write('last', Uint8Array.of(2));
      expect(await readdir(`${folder}/study.log.checkpoints`)).toEqual(['study-1', 'study-2']);
      await one.remove('last');
      expect(await readdir(`${folder}/study.log.checkpoints`)).toEqual(['study-2']);
      await two.remove('last');
      expect(await readdir(folder)).toEqual([]);
    }));

  test('says what it takes', async () => {
    expect(() => journalFile('')).toThrow(refusal('invalid-argument', '`path`'));
    expect(() => journalFile(7 as never)).toThrow(refusal('invalid-argument', '`path`', '7'));
    expect(() => journalFile('study.log').checkpoints('../other')).toThrow(refusal('invalid-argument', '`key`', '../other'));
    await inFolder(async (folder) => {
      await expect(journalFile(folder).read(0)).rejects.toEqual(refusal('invalid-argument', folder));
      await writeFile(`${folder}/file`, '');
      await expect(journalFile(`${folder}/file/study.log`).append([first])).rejects.toEqual(refusal('write-failed', 'file/study.log'));
    });
  });
});

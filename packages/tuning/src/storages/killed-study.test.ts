import { readdir } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { exitOf, inFolder, startProgram } from '../../test/processes.ts';
import { replay, type StoredTrial } from '../index.ts';
import { journalFile } from './journal-file.ts';

const TRIALS = 12;

const trialsOf = async (path: string): Promise<readonly StoredTrial[]> => replay(await journalFile(path).read(0)).trials;
const outcomes = (trials: readonly StoredTrial[]) =>
  trials.map(({ state, settings, reports, value }) => ({ state, settings, reports, value }));

test(
  'a study that is killed again and again comes to the same trials as one that is not, and loses none that had ended',
  { timeout: 120_000 },
  () =>
    inFolder(async (folder) => {
      expect(await exitOf(startProgram('run-study.ts', `${folder}/whole.log`, TRIALS))).toBe(0);
      const path = `${folder}/killed.log`;
      let ended: readonly StoredTrial[] = [];
      for (let kill = 0; kill < 4; kill += 1) {
        const child = startProgram('run-study.ts', path, TRIALS);
        const before = (await journalFile(path).read(0)).length;
        while ((await journalFile(path).read(0)).length < before + 7 + kill) await setTimeout(2); // in another place each time
        child.kill('SIGKILL');
        await exitOf(child);
        const trials = await trialsOf(path);
        expect(outcomes(trials.slice(0, ended.length))).toEqual(outcomes(ended));
        ended = trials.filter(({ state }) => state === 'complete');
      }
      expect(await exitOf(startProgram('run-study.ts', path, TRIALS))).toBe(0);
      expect(outcomes(await trialsOf(path))).toEqual(outcomes(await trialsOf(`${folder}/whole.log`)));
      expect((await trialsOf(path)).length).toBe(TRIALS);
      expect(await readdir(folder)).toEqual(['killed.log', 'whole.log']);
    }),
);

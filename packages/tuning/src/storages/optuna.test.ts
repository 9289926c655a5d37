import { execFile, spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, test, type TestContext } from 'vitest';
import { inFolder } from '../../test/processes.ts';
import {
  bestTrial,
  categorical,
  fixed,
  float,
  int,
  openStudy,
  pruned,
  random,
  space,
  when,
  type FrozenTrial,
  type StudyView,
} from '../index.ts';
import { journalFile } from './journal-file.ts';

const python = ['python3', '/usr/bin/python3'].find((command) => spawnSync(command, ['-c', 'import optuna']).status === 0);
const script = fileURLToPath(new URL('../../test/optuna-journal.py', import.meta.url));

interface OptunaStudy {
  readonly name: string;
  readonly direction: string;
  readonly best: number | null;
  readonly trials: readonly object[];
}

/** Runs Optuna; a test that needs it is skipped where there is none. */
async function optuna(context: TestContext, ...args: readonly (string | number)[]): Promise<readonly OptunaStudy[]> {
  if (python === undefined) return context.skip('needs a Python with Optuna, which is in the Debian package python3-optuna');
  const { stdout } = await promisify(execFile)(python, ['-W', 'ignore', script, ...args.map(String)]);
  return JSON.parse(stdout) as OptunaStudy[];
}

const searched = space({
  rate: float(1e-4, 1e-1, { log: true }),
  layers: int(1, 10, { step: 2 }),
  kind: categorical(['sgd', 'adam', null, true, 3]),
  momentum: when({ kind: ['sgd'] }, float(0, 1, { step: 0.3 })),
  epochs: fixed(12),
});

/** A study with trials in every state. */
const ourStudy = async (path: string, direction: 'minimize' | 'maximize') => {
  const study = await openStudy({ name: 'ours', space: searched, sampler: random(), direction, seed: 3, storage: journalFile(path) });
  await study.enqueue({ rate: 0.02, kind: 'sgd' });
  await study.optimize(
    async (trial) => {
      const { rate, layers, momentum = 0 } = trial.settings;
      await trial.setAttribute('note', { list: [1, null, 'ä'] });
      await trial.report(0, Number.NaN);
      await trial.report(3, rate * layers);
      if (trial.number % 5 === 3) return pruned;
      if (trial.number % 5 === 4) throw new Error('too bad');
      return rate * layers + momentum;
    },
    { trials: 12 },
  );
  await study.enqueue({ rate: 0.05 });
  await study.ask();
  await study.enqueue({ rate: 0.06 });
  return study;
};

const STATES = { waiting: 'WAITING', running: 'RUNNING', complete: 'COMPLETE', pruned: 'PRUNED', failed: 'FAIL' } as const;

/** A trial as the script shows it. */
const shown = ({ number, state, settings, value, reports, attributes }: FrozenTrial) => ({
  number,
  state: STATES[state],
  value: value ?? (state === 'pruned' ? (reports.at(-1)?.value ?? null) : null),
  params: settings,
  reports: reports.map(({ step, value: reported }) => [step, Number.isFinite(reported) ? reported : String(reported).toLowerCase()]),
  attributes,
});

const shownStudy = (view: StudyView) => ({
  name: view.name,
  direction: view.direction === 'minimize' ? 'MINIMIZE' : 'MAXIMIZE',
  best: bestTrial(view)?.number ?? null,
  trials: view.trials.map(shown),
});

const small = space({ x: float(0, 1) });
const smallStudy = (path: string) => openStudy({ name: 'small', space: small, sampler: random(), seed: 5, storage: journalFile(path) });

describe('a journal between Optuna and Downhill', { timeout: 60_000 }, () => {
  for (const direction of ['minimize', 'maximize'] as const)
    test(`has the same study for both where Downhill wrote it, to ${direction}`, (context) =>
      inFolder(async (folder) => {
        const path = `${folder}/study.log`;
        const view = await (await ourStudy(path, direction)).view();
        expect(new Set(view.trials.map(({ state }) => state)).size).toBe(5);
        expect(await optuna(context, 'show', path)).toEqual([shownStudy(view)]);
      }));

  test('has the same study for both where Optuna wrote it', (context) =>
    inFolder(async (folder) => {
      const path = `${folder}/study.log`;
      await optuna(context, 'optimize', path, 'theirs', 12);
      const { epochs: _, ...parameters } = searched.parameters;
      const theirs = space({
        ...parameters,
        layers: int(1, 9, { step: 2 }),
        momentum: when({ kind: ['sgd'] }, float(0, 0.9, { step: 0.3 })),
      });
      const study = await openStudy({ name: 'theirs', space: theirs, sampler: random(), storage: journalFile(path) });
      const before = await study.view();
      expect(new Set(before.trials.map(({ state }) => state))).toEqual(new Set(['complete', 'pruned', 'failed', 'waiting']));
      expect(await optuna(context, 'show', path)).toEqual([shownStudy(before)]);
      const enqueued = await study.ask();
      expect([enqueued?.number, enqueued?.settings.rate]).toEqual([12, 0.05]);
    }));

  test('is appended to by both in turn, and each sees what the other did', (context) =>
    inFolder(async (folder) => {
      const path = `${folder}/study.log`;
      const study = await smallStudy(path);
      for (let round = 0; round < 2; round += 1) {
        await study.optimize(({ settings }) => settings.x, { trials: 3 });
        await optuna(context, 'append', path, 'small', 3);
      }
      const view = await study.view();
      expect(view.trials.map(({ state }) => state)).toEqual(Array.from({ length: 12 }, () => 'complete'));
      expect(await optuna(context, 'show', path)).toEqual([shownStudy(view)]);
    }));

  test('is appended to by both at once, and no trial is lost or counted twice', (context) =>
    inFolder(async (folder) => {
      const path = `${folder}/study.log`;
      const study = await smallStudy(path);
      let isDone = false;
      const theirs = optuna(context, 'append', path, 'small', 40).finally(() => (isDone = true));
      while (!isDone) await study.optimize(async ({ settings }) => settings.x, { trials: 4, parallel: 2 });
      await theirs;
      const { trials } = await study.view();
      expect(trials.filter(({ state, value, settings }) => state !== 'complete' || value !== settings.x)).toEqual([]);
      const [theirTrials, ourTrials] = [await readFile(path, 'utf8')].flatMap((text) => [
        text.match(/"op_code": 4.*/g),
        text.match(/"op_code":4.*/g),
      ]);
      expect([theirTrials?.length, ourTrials?.length]).toEqual([40, trials.length - 40]);
      expect(await optuna(context, 'show', path)).toEqual([shownStudy(await study.view())]);
    }));

  test('is not opened at a study of several objectives, and has another study beside it', (context) =>
    inFolder(async (folder) => {
      const path = `${folder}/study.log`;
      await optuna(context, 'several', path, 'several');
      const opening = openStudy({ name: 'several', space: small, sampler: random(), storage: journalFile(path) });
      await expect(opening).rejects.toMatchObject({ code: 'unsupported', message: expect.stringContaining('2 objectives') });
      const study = await smallStudy(path);
      const view = await study.optimize(({ settings }) => settings.x, { trials: 2 });
      expect((await optuna(context, 'show', path)).at(0)).toEqual(shownStudy(view));
    }));

  test('has a new study of the name of one that Optuna deleted', (context) =>
    inFolder(async (folder) => {
      const path = `${folder}/study.log`;
      const old = await smallStudy(path);
      await old.optimize(({ settings }) => settings.x, { trials: 2 });
      await optuna(context, 'delete', path, 'small');
      await expect(old.ask()).rejects.toMatchObject({ code: 'disposed' });
      const study = await smallStudy(path);
      const view = await study.optimize(({ settings }) => settings.x, { trials: 3 });
      expect(view.trials.length).toBe(3);
      expect(await optuna(context, 'show', path)).toEqual([shownStudy(view)]);
    }));
});

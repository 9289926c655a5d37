import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Experiment, Trial } from '../experiment.ts';
import { trialName, trialsOf } from '../trials.ts';
import { resultsIn, type Results } from './results.ts';
import { runTrials } from './run-trials.ts';

const dataSet = { name: 'cups', title: 'Cups', plan: () => ({ summary: '', steps: 10, settings: {} }) };

/** An experiment that notes what it trains. */
function noting(onTrain: (name: string) => void = () => {}): { experiment: Experiment; trained: string[] } {
  const trained: string[] = [];
  const experiment: Experiment = {
    name: 'tea',
    summary: '',
    question: '',
    notes: [],
    arms: ['tea', 'milk'],
    quantities: [{ name: 'accuracy', format: 'share' }],
    dataSets: [dataSet],
    train(trial, { signal, onStep }) {
      onTrain(trialName(trial));
      if (signal.aborted) return Promise.resolve(undefined);
      onStep(5, 'half');
      trained.push(trialName(trial));
      return Promise.resolve({ quantities: { accuracy: trial.seed / 10 }, weights: trialName(trial) });
    },
  };
  return { experiment, trained };
}

const fresh = (): Results => resultsIn(mkdtempSync(join(tmpdir(), 'downhill-experiment-')));
const trialsWith = (experiment: Experiment, seeds: number): readonly Trial[] => trialsOf(experiment, [dataSet], { seeds, quick: false });

/** Runs all trials. @returns the names of the results, and what was shown */
async function run(
  experiment: Experiment,
  seeds: number,
  results: Results,
  signal = new AbortController().signal,
): Promise<{ names?: string[]; shown: string[] }> {
  const shown: string[] = [];
  const note = (text: string): void => void shown.push(text);
  const view = { update: (_total: number, _done: number, text: string) => note(text), say: note, end: () => {} };
  const trials = trialsWith(experiment, seeds);
  const finished = trials.flatMap((trial) => results.find(trial) ?? []);
  const done = await runTrials({ experiment, trials, finished, results, signal, view, code: 'abc' });
  return { shown, ...(done === undefined ? {} : { names: done.map(({ trial }) => trialName(trial)) }) };
}

describe('runTrials', () => {
  test('does all trials, pairs together, and says where it stands', async () => {
    const { experiment, trained } = noting();
    const { names, shown } = await run(experiment, 2, fresh());
    expect(trained).toEqual(['cups-tea-1', 'cups-milk-1', 'cups-tea-2', 'cups-milk-2']);
    expect(names).toEqual(trained);
    expect(shown).toContainEqual(expect.stringMatching(/^trial 3 of 4, cups with tea, seed 2: half, 0:00 left$/));
    expect(shown.at(-1)).toBe('trial 4 of 4, cups with milk, seed 2: accuracy 0.2000, in 0:00');
  });

  test('counts an arm that trains several times as long by its share of the work', async () => {
    const totals: number[] = [];
    const { experiment } = noting();
    const long: Experiment = { ...experiment, trainings: (arm) => (arm === 'milk' ? 3 : 1) };
    const view = { update: (total: number, done: number) => void totals.push(total, done), say: () => {}, end: () => {} };
    const { signal } = new AbortController();
    await runTrials({ experiment: long, trials: trialsWith(long, 2), finished: [], results: fresh(), signal, view, code: 'abc' });
    expect(totals.filter((_, index) => index % 4 === 0)).toEqual([80, 80, 80, 80]);
    expect(totals.filter((_, index) => index % 4 === 1)).toEqual([0, 10, 40, 50]);
  });

  test('keeps what is finished when it is stopped, and goes on from there', async () => {
    const results = fresh();
    const stop = new AbortController();
    const first = noting((name) => name === 'cups-tea-2' && stop.abort());
    expect(await run(first.experiment, 2, results, stop.signal)).not.toHaveProperty('names');
    expect(first.trained).toEqual(['cups-tea-1', 'cups-milk-1']);
    const second = noting();
    const { names, shown } = await run(second.experiment, 2, results);
    expect(shown[0]).toBe('2 of 4 trials are finished already');
    expect(second.trained).toEqual(['cups-tea-2', 'cups-milk-2']);
    expect(names).toEqual(['cups-tea-1', 'cups-milk-1', 'cups-tea-2', 'cups-milk-2']);
  });

  test('keeps what is finished when a training throws', async () => {
    const results = fresh();
    const { experiment } = noting((name) => {
      if (name === 'cups-milk-1') throw new Error('spilt');
    });
    await expect(run(experiment, 2, results)).rejects.toThrow('spilt');
    const again = noting();
    await run(again.experiment, 2, results);
    expect(again.trained).not.toContain('cups-tea-1');
  });

  test('more seeds later train only what is new', async () => {
    const results = fresh();
    await run(noting().experiment, 2, results);
    const more = noting();
    await run(more.experiment, 3, results);
    expect(more.trained).toEqual(['cups-tea-3', 'cups-milk-3']);
  });
});

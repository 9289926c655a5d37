import { mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Trial } from '../experiment.ts';
import { resultsIn } from './results.ts';

const fresh = (): string => join(mkdtempSync(join(tmpdir(), 'downhill-experiment-')), 'run');
const trial: Trial = { dataSet: 'mnist', arm: 'direct', seed: 1, quick: false, plan: { summary: '', steps: 10, settings: { epochs: 5 } } };
const result = { trial, outcome: { quantities: { accuracy: 0.99 }, weights: 'abc' }, seconds: 3, processorSeconds: 2, code: 'd5e8cf2' };

test('keeps a result, under a name that says whose it is', () => {
  const folder = fresh();
  expect(resultsIn(folder).find(trial)).toBeUndefined();
  resultsIn(folder).add(result);
  expect(resultsIn(folder).find(trial)).toEqual(result);
  expect(resultsIn(folder).find({ ...trial, seed: 2 })).toBeUndefined();
  expect(readdirSync(join(folder, 'trials'))).toEqual(['mnist-direct-1.json']);
});

test('does not take a result of other settings', () => {
  const folder = fresh();
  resultsIn(folder).add(result);
  expect(() => resultsIn(folder).find({ ...trial, plan: { ...trial.plan, settings: { epochs: 6 } } })).toThrow('--folder');
  expect(() => resultsIn(folder).find({ ...trial, quick: true })).toThrow('--folder');
});

test('says which file is damaged', () => {
  const folder = fresh();
  resultsIn(folder).add(result);
  writeFileSync(join(folder, 'trials', 'mnist-direct-1.json'), '{"tri');
  expect(() => resultsIn(folder).find(trial)).toThrow('mnist-direct-1.json is damaged');
});

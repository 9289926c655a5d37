import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { curvesFileRuns, curvesOf, diagnose, FINDINGS } from '@downhill/diagnostics';
import { enableProdMode, memory, setBackend } from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-wasm';
import { registerWasmTrainingKernels } from '@downhill/wasm-kernels';
import { beforeAll, describe, expect, test } from 'vitest';
import { galleryFolder, readmeFile } from '../paths.ts';
import { allSymptoms } from './all-symptoms.ts';
import { drawn, RUNS_FILE } from './drawn.ts';
import { provoke } from './provoke.ts';
import type { SymptomRun } from './symptom.ts';

const folder = galleryFolder('diagnostics');
const contentOf = (name: string): string => readFileSync(join(folder, name), 'utf8');
const runs = curvesFileRuns(JSON.parse(contentOf(RUNS_FILE))) as readonly SymptomRun[];

beforeAll(async () => {
  enableProdMode();
  await setBackend('wasm');
  await registerWasmTrainingKernels();
});

test('there is a run for every finding of the doctor', () => {
  expect(allSymptoms.map(({ finding }) => finding).toSorted()).toEqual([...FINDINGS].toSorted());
  expect(runs.map(({ label }) => label)).toEqual(allSymptoms.map(({ finding }) => finding));
});

test.each(runs)('the doctor finds $label where it was provoked', (run) => {
  const { finding, confidence } = diagnose(curvesOf(run));
  expect(finding).toBe(run.label);
  expect(confidence).toBeGreaterThan(0.5);
});

// The two that are trained in a second; the command trains all.
test.each(['overfitting', 'not_trained_long_enough'])('training with %s anew gives the same run to the last bit, and leaves no tensor', async (finding) => {
  const before = memory().numTensors;
  const again = await provoke(allSymptoms.find((symptom) => symptom.finding === finding)!);
  expect(again).toEqual(runs.find(({ label }) => label === finding));
  expect(memory().numTensors).toBe(before);
});

test('a run that does not show its symptom is refused', async () => {
  await expect(provoke({ finding: 'overfitting', title: '', provoked: '', change: { epochs: 1, samples: 64 } })).rejects.toThrow('does not show it');
});

describe('the committed files', () => {
  test('are what the command draws of these runs: npm run gallery draws them anew', () => {
    const { files } = drawn(runs);
    expect(readdirSync(folder).toSorted()).toEqual([...files.keys()].toSorted());
    expect([...files].filter(([name, content]) => contentOf(name) !== content).map(([name]) => name)).toEqual([]);
  });

  test('are in the README', () => {
    const readme = readFileSync(readmeFile('diagnostics'), 'utf8');
    expect(drawn(runs).inReadme(readme)).toBe(readme);
  });
});

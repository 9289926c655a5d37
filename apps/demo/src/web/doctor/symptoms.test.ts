import '@tensorflow/tfjs-backend-cpu';
import { FINDINGS } from '@downhill/diagnostics';
import { memory, setBackend } from '@tensorflow/tfjs-core';
import { beforeAll, expect, test } from 'vitest';
import { provokedRun, type Look } from './provoked-run.ts';
import { SENSIBLE } from './recipe.ts';
import { SYMPTOMS } from './symptoms.ts';

beforeAll(() => setBackend('cpu'));

const SEED = 1;

test('there is a symptom for each finding of the doctor, the lecture’s five first', () => {
  expect(SYMPTOMS.map(({ finding }) => finding).toSorted()).toEqual([...FINDINGS].toSorted());
  expect(SYMPTOMS.slice(0, 5).map(({ slide }) => slide)).toEqual([56, 57, 58, 59, 60]);
});

test.each(SYMPTOMS)('the doctor recognizes $finding where it is provoked', async ({ finding, change }) => {
  const recipe = { ...SENSIBLE, ...change };
  const before = memory().numTensors;
  const looks: Look[] = [];
  await provokedRun({ recipe, seed: SEED, onLook: (look) => looks.push(look) });
  expect(memory().numTensors).toBe(before);
  const last = looks.at(-1);
  expect(last?.diagnosis).toMatchObject({ finding });
  expect(last?.diagnosis.confidence).toBeGreaterThan(0.5);
  expect(last?.told).toBe(true);
});

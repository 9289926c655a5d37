import { signal } from '@preact/signals';
import { expect, test } from 'vitest';
import { bestOf, bestSoFar, searchModel, valuesTried } from './search-model.ts';
import { DEFAULT_SEARCH } from './search-state.ts';

const trials = [
  { x: 0, y: 0, loss: undefined },
  { x: 0, y: 1, loss: 3 },
  { x: 1, y: 1, loss: 2 },
  { x: 1, y: 0, loss: 2.5 },
];

test('the best of the trials that are shown is the first of the lowest', () => {
  expect(bestOf(trials, 1)).toBeUndefined();
  expect(bestOf(trials, 2)?.index).toBe(1);
  expect(bestOf([...trials, { x: 2, y: 2, loss: 2 }], 9)?.index).toBe(2);
  expect(bestSoFar(trials)).toEqual([null, null, 3, 2, 2]);
  expect([valuesTried(trials, 'x'), valuesTried(trials.slice(0, 1), 'y')]).toEqual([2, 1]);
});

test('shows answers as they come, and a new search begins with none', () => {
  const state = signal({ ...DEFAULT_SEARCH, objective: 'training' as const });
  const model = searchModel(state);
  const asked: object[] = [];
  const ask = (request: object): void => void asked.push(request);
  model.restart(ask);
  expect(asked).toEqual([{ objective: 'training', side: 4, seed: 13, weight: 0.1, scale: 'logarithm' }]);
  model.arrived({ kind: 'trials', way: 1, trials });
  expect(model.trials.value).toEqual([[], trials, []]);
  expect(model.running.value).toBe(true);
  model.arrived({ kind: 'searched' });
  expect(model.running.value).toBe(false);
  model.arrived({ kind: 'landscape', losses: [0.5, 0.6] });
  expect([model.surveyed.value, model.field.value]).toEqual([{ known: 2, of: 153 }, undefined]);
  model.restart(ask);
  expect(model.trials.value).toEqual([[], [], []]);
  expect(model.surveyed.value.known).toBe(2); // the same training, whatever is asked
});

test('the picture of the function is there at once, and follows its weight', () => {
  const state = signal(DEFAULT_SEARCH);
  const { field } = searchModel(state);
  const before = field.value;
  expect(before?.heights.length).toBe(61 * 21);
  state.value = { ...DEFAULT_SEARCH, seed: 2 };
  expect(field.value).toBe(before);
  state.value = { ...DEFAULT_SEARCH, weight: 0.9 };
  expect(field.value?.heights).not.toEqual(before?.heights);
});

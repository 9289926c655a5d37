import { expect, test } from 'vitest';
import { readDoctor, USUAL, writeDoctor } from './doctor-address.ts';

test('a shared link provokes the same run', () => {
  const state = { finding: 'overfitting', seed: 7 } as const;
  expect(readDoctor(new URLSearchParams(writeDoctor(state).toString()))).toEqual({ state, problems: [] });
  expect(readDoctor(new URLSearchParams())).toEqual({ state: USUAL, problems: [] });
});

test.each([
  ['symptom=overfiting', "There is no symptom 'overfiting': did you mean 'overfitting'?"],
  ['seed=-1', "'-1' is no seed: it takes a whole number, at least 0."],
  ['seed=', "'' is no seed: it takes a whole number, at least 0."],
])('says what of %s makes no sense, and goes on', (query, words) => {
  expect(readDoctor(new URLSearchParams(query))).toEqual({ state: USUAL, problems: [words] });
});

import { expect, test } from 'vitest';
import { readDoctor, USUAL, writeDoctor } from './doctor-address.ts';

test('a shared link provokes the same run', () => {
  const state = { finding: 'overfitting', seed: 7 } as const;
  expect(readDoctor(new URLSearchParams(writeDoctor(state).toString()))).toEqual({ state, problems: [] });
  expect(readDoctor(new URLSearchParams())).toEqual({ state: USUAL, problems: [] });
});

test.each([
  ['symptom=overfiting', "There is no symptom 'overfiting': did you mean 'overfitting'?"],
  ['seed=-1', "seed takes a whole number of at least 0, not '-1'."],
  ['seed=', "seed takes a whole number of at least 0, not ''."],
])('says what of %s makes no sense, and goes on', (query, words) => {
  expect(readDoctor(new URLSearchParams(query))).toEqual({ state: USUAL, problems: [words] });
});

import { expect, test } from 'vitest';
import { queryReader } from './query-reader.ts';

const NAMES = ['element', 'spatial'] as const;

test('numbers and words are read, and what is missing is as usual', () => {
  const read = queryReader(new URLSearchParams('rate=0.25&step=3&kind=spatial'));
  expect(read.number('rate', 0.5, { min: 0, max: 1 })).toBe(0.25);
  expect(read.number('step', 0, { min: 0, max: 9, whole: true })).toBe(3);
  expect(read.number('seed', 7, { min: 0, max: 9 })).toBe(7);
  expect(read.choice('kind', 'element', NAMES)).toBe('spatial');
  expect(read.choice('layer', 'element', NAMES)).toBe('element');
  expect(read.problems).toEqual([]);
});

test.each([
  ['rate=2', "rate takes a number from 0 to 1, not '2'."],
  ['rate=', "rate takes a number from 0 to 1, not ''"],
  ['rate=half', "not 'half'"],
  ['rate=NaN', "not 'NaN'"],
])('%s is left as usual, in words', (query, problem) => {
  const read = queryReader(new URLSearchParams(query));
  expect(read.number('rate', 0.5, { min: 0, max: 1 })).toBe(0.5);
  expect(read.problems).toEqual([expect.stringContaining(problem)]);
});

test('a fraction is no whole number, and a near miss is asked about', () => {
  const read = queryReader(new URLSearchParams('step=1.5&kind=spatal&layer=other'));
  expect(read.number('step', 0, { min: 0, max: 9, whole: true })).toBe(0);
  expect(read.choice('kind', 'element', NAMES)).toBe('element');
  expect(read.choice('layer', 'element', NAMES)).toBe('element');
  expect(read.problems).toEqual([
    "step takes a whole number from 0 to 9, not '1.5'.",
    "There is no kind 'spatal': did you mean 'spatial'?",
    expect.stringContaining("There is no layer 'other'"),
  ]);
});

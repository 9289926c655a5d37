import { expect, test } from 'vitest';
import { stratifiedSplit } from './stratified-split.ts';

const classes = [0, 1, 2].map((label) => Array.from({ length: 20 }, (_, index) => `${label}/${index}`));
const size = { training: 36, heldOut: 12 };

test('takes the same number of each class, in turns, and nothing twice', () => {
  const { training, heldOut } = stratifiedSplit(classes, size, 1);
  expect(training.map(({ label }) => label)).toEqual(Array.from({ length: 36 }, (_, index) => index % 3));
  expect(heldOut.map(({ label }) => label)).toEqual(Array.from({ length: 12 }, (_, index) => index % 3));
  const all = [...training, ...heldOut];
  for (const { label, picture } of all) expect(picture).toMatch(new RegExp(`^${label}/`));
  expect(new Set(all.map(({ picture }) => picture)).size).toBe(48);
});

test('depends on the seed alone', () => {
  expect(stratifiedSplit(classes, size, 1)).toEqual(stratifiedSplit(classes, size, 1));
  expect(stratifiedSplit(classes, size, 2)).not.toEqual(stratifiedSplit(classes, size, 1));
});

test('draws each class by itself', () => {
  const { training } = stratifiedSplit(classes, size, 1);
  const places = [0, 1, 2].map((label) => training.filter((each) => each.label === label).map(({ picture }) => picture.slice(2)));
  expect(places[0]).not.toEqual(places[1]);
});

test('says which class is too small', () => {
  expect(() => stratifiedSplit([['a', 'b'], ['c']], { training: 2, heldOut: 2 }, 1)).toThrow('class 1 has 1 pictures, not 2');
});

import { describe, expect, test } from 'vitest';
import { matchNames } from './match-names.ts';

const saved = (name: string, ...shape: number[]) => ({ name, slots: new Map([['adam/m', shape]]) });
const wanted = (name: string, ...shape: number[]) => ({ name, shape, slots: new Map([['adam/m', shape]]) });
const match = (have: ReturnType<typeof saved>[], want: ReturnType<typeof wanted>[]) => Object.fromEntries(matchNames(have, want));

describe('a variable finds its saved state', () => {
  test('by its exact name, whatever else there is', () => {
    expect(match([saved('a_1', 2), saved('a', 2)], [wanted('a', 2), wanted('a_1', 2)])).toEqual({ a: 'a', a_1: 'a_1' });
  });

  test('by the name without the number of a model built again', () => {
    expect(match([saved('fc/kernel', 2, 3), saved('fc/bias', 3)], [wanted('fc/kernel_2', 2, 3), wanted('fc/bias_2', 3)])).toEqual({
      'fc/kernel_2': 'fc/kernel',
      'fc/bias_2': 'fc/bias',
    });
    expect(match([saved('fc/kernel_1', 2)], [wanted('fc/kernel_5', 2)])).toEqual({ 'fc/kernel_5': 'fc/kernel_1' });
  });

  test('by class and order where layers were named automatically', () => {
    const have = [saved('dense_Dense1/kernel', 4, 8), saved('dense_Dense2/kernel', 8, 2), saved('conv2d_Conv2D1/kernel', 3, 3)];
    const want = [wanted('dense_Dense9/kernel_1', 4, 8), wanted('dense_Dense10/kernel', 8, 2), wanted('conv2d_Conv2D7/kernel', 3, 3)];
    expect(match(have, want)).toEqual({
      'dense_Dense9/kernel_1': 'dense_Dense1/kernel',
      'dense_Dense10/kernel': 'dense_Dense2/kernel',
      'conv2d_Conv2D7/kernel': 'conv2d_Conv2D1/kernel',
    });
  });

  test('and a part of the saved ones may be wanted', () => {
    expect(match([saved('head/kernel', 2), saved('body/kernel', 2)], [wanted('head/kernel', 2)])).toEqual({ 'head/kernel': 'head/kernel' });
  });
});

test('a variable that is left over when all that was saved has found its place starts anew', () => {
  expect(match([saved('head', 2)], [wanted('head', 2), wanted('thawed', 3)])).toEqual({ head: 'head' });
});

describe('a variable finds none, and the error lists both sides', () => {
  test.each([
    ['the shape differs', [saved('fc/kernel', 2, 3)], [wanted('fc/kernel', 3, 3)]],
    ['two saved names become one without their numbers', [saved('alpha_1', 2), saved('alpha_2', 2)], [wanted('alpha_3', 2)]],
    ['two variables become one', [saved('alpha', 2)], [wanted('alpha_1', 2), wanted('alpha_2', 2)]],
    [
      'there are more automatic layers than before',
      [saved('dense_Dense1/kernel', 2)],
      [wanted('dense_Dense2/kernel', 2), wanted('dense_Dense3/kernel', 2)],
    ],
    [
      'the order of automatic layers gives other shapes',
      [saved('dense_Dense1/kernel', 2), saved('dense_Dense2/kernel', 3)],
      [wanted('dense_Dense3/kernel', 3), wanted('dense_Dense4/kernel', 2)],
    ],
  ])('where %s', (_, have, want) => {
    expect(() => matchNames(have, want)).toThrow(expect.objectContaining({ code: 'state-mismatch' }));
    expect(() => matchNames(have, want)).toThrow(have[0]?.name);
    expect(() => matchNames(have, want)).toThrow(want[0]?.name);
  });
});

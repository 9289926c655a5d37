import { expect, test } from 'vitest';
import { cleaner } from './clean.ts';

test('leaves out rows that are no pictures, and repeats, of other classes too', () => {
  const clean = cleaner(2);
  expect(clean([[], [1, 2], [3, 4], [1, 2], [5]])).toEqual([Uint8Array.of(1, 2), Uint8Array.of(3, 4)]);
  expect(
    clean([
      [3, 4],
      [2, 1],
    ]),
  ).toEqual([Uint8Array.of(2, 1)]);
});

import { expect, test } from 'vitest';
import { fileProblem, MOST_BYTES, sizeProblem } from './check-file.ts';

test('an empty file and one that is too large are refused by name, with the number and what to do', () => {
  expect(fileProblem({ name: 'a.png', size: 0 })).toBe("'a.png' is empty: it has no bytes. Choose another picture.");
  expect(fileProblem({ name: 'a.png', size: 80e6 })).toBe(
    "'a.png' is too large: it has 80 MB, and at most 50 MB are read. Make it smaller first.",
  );
  expect(fileProblem({ name: 'a.png', size: MOST_BYTES })).toBeUndefined();
});

test('so is a picture of too many pixels, whatever its shape', () => {
  expect(sizeProblem('a.png', { width: 60_000, height: 60_000 })).toContain("'a.png' is too large: it has 60000 × 60000 pixels");
  expect(sizeProblem('a.png', { width: 4032, height: 3024 })).toBeUndefined();
});

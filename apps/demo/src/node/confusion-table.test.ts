import { expect, test } from 'vitest';
import { confusionTable } from './confusion-table.ts';

test('confusionTable has a row a digit and a column an answer', () => {
  expect(
    confusionTable([
      [12, 0],
      [3, 1000],
    ]).split('\n'),
  ).toEqual(['digit     0    1   <- answer', '    0    12    .', '    1     3 1000']);
});

import { expect, test } from 'vitest';
import { cutOff } from './cut-off.ts';

test.each([
  [[1, 2.5, Number.NaN], 5],
  [[], Infinity],
  [[Number.NaN], Infinity],
  [[-3, -2], Infinity],
])('a chart of losses that begins with %o ends at %d', (losses, most) => {
  expect(cutOff(losses)).toBe(most);
});

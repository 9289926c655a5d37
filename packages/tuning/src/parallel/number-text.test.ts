import fc from 'fast-check';
import { expect, test } from 'vitest';
import { textOf } from './number-text.ts';

test('every number comes back as it was', () => {
  fc.assert(
    fc.property(fc.double(), (value) => {
      expect(Number(textOf(value))).toBe(value);
    }),
  );
});

import { expect, test } from 'vitest';
import { afterKey, PAD } from './pen.ts';

test('arrow keys move the pen, and not beyond the pad', () => {
  expect(afterKey('ArrowRight', [70, 70])).toEqual([77, 70]);
  expect(afterKey('ArrowUp', [70, 70])).toEqual([70, 63]);
  expect(afterKey('ArrowLeft', [3, 70])).toEqual([0, 70]);
  expect(afterKey('ArrowDown', [70, PAD])).toEqual([70, PAD]);
  expect(afterKey('Tab', [70, 70])).toBeUndefined();
});

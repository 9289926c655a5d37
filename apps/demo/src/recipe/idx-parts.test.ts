import fc from 'fast-check';
import { expect, test } from 'vitest';
import { joinIdx, splitIdx } from './idx-parts.ts';
import { readIdx } from './idx.ts';

const file = (items: number): Uint8Array =>
  Uint8Array.from([0, 0, 8, 2, 0, 0, 0, items, 0, 0, 0, 3, ...Array.from({ length: 3 * items }, (_, i) => i % 256)]);

test('parts joined again are the file, or its first items', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 50 }), fc.nat(), (items, size, any) => {
      const parts = splitIdx('x', file(items), size);
      expect(parts.length).toBe(Math.ceil(items / size));
      expect(joinIdx('x', parts, items)).toEqual(file(items));
      const count = any % (items + 1);
      expect(readIdx('x', joinIdx('x', parts, count)).values).toEqual(readIdx('x', file(items)).values.subarray(0, 3 * count));
    }),
  );
});

test('refuses parts that are too few, or do not fit', () => {
  expect(() => joinIdx('x', splitIdx('x', file(4), 2).slice(1), 3)).toThrow('it has 2 items, not 3');
  const other = Uint8Array.of(0, 0, 8, 2, 0, 0, 0, 1, 0, 0, 0, 2, 1, 2);
  expect(() => joinIdx('x', [file(2), other], 3)).toThrow('different sizes');
});

import { describe, expect, test } from 'vitest';
import { readIdx } from './idx.ts';

const file = Uint8Array.of(0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 3, 1, 2, 3, 4, 5, 6);

describe('readIdx', () => {
  test('reads shape and values', () => {
    expect(readIdx('x', file)).toEqual({ shape: [2, 3], values: Uint8Array.of(1, 2, 3, 4, 5, 6) });
  });

  test('refuses a file cut short anywhere, and one that is too long', () => {
    for (let length = 0; length < file.length; length++)
      expect(() => readIdx('digits', file.subarray(0, length))).toThrow(
        expect.objectContaining({ code: 'data-invalid', message: expect.stringContaining('digits') }),
      );
    expect(() => readIdx('digits', Uint8Array.from([...file, 0]))).toThrow('18 bytes');
  });

  test('refuses another format', () => {
    expect(() => readIdx('x', Uint8Array.of(0, 0, 13, 1, 0, 0, 0, 0))).toThrow('no idx file of unsigned bytes');
    expect(() => readIdx('x', new TextEncoder().encode('<html></html>'))).toThrow('no idx file');
  });
});

import { expect, test } from 'vitest';
import { asDigit } from './drawn-digit.ts';

/** A filled rectangle on a pad of 140 x 140. */
const rectangle = (left: number, top: number, width: number, height: number): Uint8Array =>
  Uint8Array.from({ length: 140 * 140 }, (_, i) => {
    const [x, y] = [(i % 140) - left, Math.floor(i / 140) - top];
    return x >= 0 && x < width && y >= 0 && y < height ? 255 : 0;
  });

test('is 20 pixels long and in the middle, wherever and however large it is drawn', () => {
  for (const [left, top, width, height] of [
    [0, 0, 20, 80],
    [100, 40, 25, 100],
    [30, 70, 5, 20],
  ] as const) {
    const digit = asDigit(rectangle(left, top, width, height), 140)!;
    const inked = [...digit.keys()].filter((i) => digit[i]! > 127);
    expect([Math.min(...inked.map((i) => Math.floor(i / 28))), Math.max(...inked.map((i) => Math.floor(i / 28)))]).toEqual([4, 23]);
    const columns = inked.map((i) => i % 28);
    expect((Math.min(...columns) + Math.max(...columns)) / 2).toBeCloseTo(13.5, -0.3);
    expect(Math.max(...columns) - Math.min(...columns)).toBeLessThan(6);
  }
});

test('an empty pad is no digit', () => {
  expect(asDigit(new Uint8Array(100), 10)).toBeUndefined();
});

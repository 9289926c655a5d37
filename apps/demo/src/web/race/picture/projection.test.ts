import fc from 'fast-check';
import { expect, test } from 'vitest';
import { asRelief, fromAbove, pointAt, USUAL_EYE } from './projection.ts';

const range = { left: -2, right: 4, bottom: -1, top: 3 };
const size = { width: 300, height: 200 };

test('from above the corners of the range are those of the canvas', () => {
  const { place } = fromAbove(range, size);
  expect(place(-2, 3, 0)).toEqual([0, 0]);
  expect(place(4, -1, 0)).toEqual([300, 200]);
});

test('a click finds the point that is drawn there', () => {
  fc.assert(
    fc.property(fc.double({ min: -2, max: 4, noNaN: true }), fc.double({ min: -1, max: 3, noNaN: true }), (x, y) => {
      const [foundX, foundY] = pointAt(range, size, fromAbove(range, size).place(x, y, 0));
      expect(foundX).toBeCloseTo(x, 9);
      expect(foundY).toBeCloseTo(y, 9);
    }),
  );
});

test('in the relief what is higher is drawn further up, and nothing leaves the canvas', () => {
  const { place } = asRelief(range, size, USUAL_EYE);
  expect(place(1, 1, 1)[1]).toBeLessThan(place(1, 1, 0)[1]);
  for (const x of [range.left, range.right])
    for (const y of [range.bottom, range.top])
      for (const height of [0, 1]) {
        const [left, top] = place(x, y, height);
        expect(left).toBeGreaterThanOrEqual(0);
        expect(left).toBeLessThanOrEqual(size.width);
        expect(top).toBeGreaterThanOrEqual(0);
        expect(top).toBeLessThanOrEqual(size.height);
      }
});

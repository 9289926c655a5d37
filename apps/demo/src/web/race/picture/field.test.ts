import { describe, expect, test } from 'vitest';
import { fieldOf } from './field.ts';

const range = { left: -2, right: 2, bottom: -1, top: 3 };
const grid = { range, columns: 21, rows: 21 };

describe.each(['contour', 'relief'] as const)('the heights of a %s', (picture) => {
  const rosenbrock = (x: number, y: number): number => (1 - x) ** 2 + 100 * (y - x ** 2) ** 2;

  test('go from 0 at the lowest point to 1 at the highest, and rise with the loss', () => {
    const { heights, heightOf } = fieldOf(rosenbrock, grid, picture);
    expect(heights[10 * 21 + 15]).toBe(0); // (1, 1)
    expect(Math.max(...heights)).toBe(1);
    const rising = [0, 1e-3, 0.1, 1, 10, 1000].map(heightOf);
    expect(rising).toEqual(rising.toSorted((a, b) => a - b));
    expect(new Set(rising).size).toBe(6);
  });

  test('stay between 0 and 1 beyond the picture and where there is no number', () => {
    const { heights, heightOf } = fieldOf((x, y) => Math.log(x) + y, grid, picture);
    for (const height of [...heights, heightOf(-1e9), heightOf(1e9), heightOf(Number.NaN)]) {
      expect(height).toBeGreaterThanOrEqual(0);
      expect(height).toBeLessThanOrEqual(1);
    }
  });

  test('are numbers on a plane without any slope', () => {
    expect(fieldOf(() => 7, grid, picture).heights.every(Number.isFinite)).toBe(true);
  });
});

test('rows go from the bottom up', () => {
  const { heights } = fieldOf((_, y) => y, grid, 'relief');
  expect(heights[0]).toBeLessThan(heights[20 * 21] ?? 0);
});

import { expect, test } from 'vitest';
import { fieldFrom, meshPoints, profilesOf } from './landscape.ts';
import { placeOn, problemOf } from './problem.ts';
import { toyLoss } from './toy-loss.ts';

const mesh = { columns: 51, rows: 21 };

test('the points go over the whole of both axes, evenly as they are drawn', () => {
  const problem = problemOf({ objective: 'training', weight: 0 });
  const points = meshPoints(problem, { columns: 3, rows: 2 });
  expect(points.map(([x, y]) => [placeOn(problem.across, x), placeOn(problem.up, y)])).toEqual([
    [0, 0],
    [0.5, 0],
    [1, 0],
    [0, 1],
    [0.5, 1],
    [1, 1],
  ]);
  expect(points[1]?.[0]).toBeCloseTo(0.01, 10);
});

test('the profile of the number that decides is deep, and that of the other one as shallow as its weight', () => {
  const depthOf = (weight: number): readonly number[] => {
    const problem = problemOf({ objective: 'function', weight });
    const losses = meshPoints(problem, mesh).map(([x, y]) => toyLoss(weight)(x, y));
    const { across, up } = profilesOf(fieldFrom(problem, mesh, losses));
    expect([across.length, up.length]).toEqual([51, 21]);
    return [across, up].map((heights) => Math.max(...heights) - Math.min(...heights));
  };
  const [across = 0, up = 0] = depthOf(0.1);
  expect(across).toBeGreaterThan(0.7);
  expect(up).toBeLessThan(0.1);
  expect(up).toBeGreaterThan(0);
  expect(depthOf(0)[1]).toBe(0);
});

test('a loss that runs away is as high as the picture', () => {
  const { heightOf } = problemOf({ objective: 'training', weight: 0 });
  expect([Number.NaN, Infinity, 50].map(heightOf)).toEqual([1, 1, 1]);
  expect(heightOf(0.3)).toBe(0);
  expect(heightOf(0.5)).toBeGreaterThan(heightOf(0.45));
});

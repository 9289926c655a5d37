import { describe, expect, test } from 'vitest';
import { counted, type Surface } from '../../test/surfaces.ts';
import { backtracking } from './backtracking.ts';
import { cubicMinimum } from './cubic-minimum.ts';
import type { Found, LineSearch } from './line-search.ts';
import { strongWolfe } from './strong-wolfe.ts';

const parabola: Surface = ([x = 0]) => ({ loss: (x - 3) * (x - 3), gradient: [2 * (x - 3)] });

/** A search from 0 in the direction of 1. */
function searched(search: LineSearch, surface: Surface, first: number, rounding = 0): Found & { readonly at: number | undefined } {
  const { look, looks } = counted(surface);
  const found = search({ look, from: look(Float64Array.of(0)), direction: Float64Array.of(1), first, rounding, toleranceChange: 1e-9 });
  expect(looks()).toBe(found.evaluations + 1);
  return { ...found, at: found.point?.x[0] };
}

describe('the minimum of a cubic', () => {
  const at = (x: number): { at: number; loss: number; slope: number } => ({ at: x, loss: x * x * x - 3 * x, slope: 3 * x * x - 3 });

  test('is where its slope is 0, from whichever side', () => {
    expect(cubicMinimum(at(0), at(2))).toBeCloseTo(1, 12);
    expect(cubicMinimum(at(2), at(0))).toBeCloseTo(1, 12);
    expect(cubicMinimum(at(0.1), at(0.6), [0.7, 6])).toBeCloseTo(1, 12);
  });

  test('stays within its bounds, and is their middle where there is none', () => {
    expect(cubicMinimum(at(0), at(2), [1.5, 2])).toBe(1.5);
    expect(cubicMinimum({ at: 0, loss: 0, slope: 1 }, { at: 1, loss: 0.4, slope: 1 })).toBe(0.5);
    expect(cubicMinimum({ at: 0, loss: 0, slope: -1 }, { at: 1, loss: Infinity, slope: Number.NaN })).toBe(0.5);
  });
});

describe.each([
  ['strongWolfe', strongWolfe],
  ['backtracking', backtracking],
] as const)('%s', (_, search) => {
  test('takes the first step where it is good', () => {
    expect(searched(search, parabola, 2.5)).toMatchObject({ at: 2.5, evaluations: 1 });
  });

  test('comes back from a step that is too long', () => {
    const { at, evaluations } = searched(search, parabola, 100);
    expect(parabola([at!]).loss).toBeLessThan(9);
    expect(evaluations).toBeLessThan(5);
  });

  test.each([
    ['NaN', { loss: Number.NaN, gradient: [Number.NaN] }],
    ['infinity', { loss: Infinity, gradient: [0] }],
    ['minus infinity', { loss: -Infinity, gradient: [-1] }],
    ['a finite loss whose gradient is NaN', { loss: -1, gradient: [Number.NaN] }],
  ])('comes back from %s', (__, beyond) => {
    const { at } = searched(search, ([x = 0]) => (x > 4 ? beyond : parabola([x])), 1000);
    expect(at).toBeGreaterThan(0);
    expect(at).toBeLessThanOrEqual(4);
  });

  test('finds nothing where nothing is lower, and gives up after 25 looks at most', () => {
    const wrong: Surface = ([x = 0]) => ({ loss: x, gradient: [-1] }); // the slope lies
    const { point, evaluations } = searched(search, wrong, 1);
    expect(point).toBeUndefined();
    expect(evaluations).toBeLessThanOrEqual(25);
    expect(
      searched(search, ([x = 0]) => (x > 0 ? { loss: Number.NaN, gradient: [1] } : { loss: 1, gradient: [-1] }), 1).point,
    ).toBeUndefined();
  });

  test('asks for a ten-thousandth of the decrease that the slope promises', () => {
    const falling =
      (share: number): Surface =>
      ([x = 0]) => ({ loss: -share * x, gradient: [x > 0 ? 0 : -1] });
    expect(searched(search, falling(1.1e-4), 1)).toMatchObject({ at: 1, evaluations: 1 });
    expect(searched(search, falling(0.9e-4), 1).evaluations).toBeGreaterThan(1);
  });

  test('takes a loss that is higher by its rounding alone for equal', () => {
    const flat: Surface = ([x = 0]) => ({ loss: 1 + 1e-7 * x, gradient: [1e-9 * (x - 1.5)] });
    expect(searched(search, flat, 1, 2 ** -23)).toMatchObject({ at: 1, evaluations: 1 });
    expect(searched(search, flat, 1).at).not.toBe(1);
  });
});

describe('strongWolfe', () => {
  test('is content with nine tenths of the slope', () => {
    const left =
      (slope: number): Surface =>
      ([x = 0]) => ({ loss: -x, gradient: [x > 0 ? -slope : -1] });
    expect(searched(strongWolfe, left(0.89), 1)).toMatchObject({ at: 1, evaluations: 1 });
    expect(searched(strongWolfe, left(0.91), 1).evaluations).toBeGreaterThan(1);
  });

  test('goes on where the slope is still steep, to where a tenth of it is gone', () => {
    const { at, point } = searched(strongWolfe, parabola, 0.01);
    expect(at).toBeGreaterThan(0.29);
    expect(Math.abs(point!.gradient[0]!)).toBeLessThanOrEqual(0.9 * 6);
  });

  test('keeps below what was NaN when it goes on', () => {
    const edge: Surface = ([x = 0]) =>
      x >= 1 ? { loss: Number.NaN, gradient: [0] } : { loss: -Math.sqrt(x + 1e-9), gradient: [-0.5 / Math.sqrt(x + 1e-9)] };
    const { at } = searched(strongWolfe, edge, 10);
    expect(at).toBeLessThan(1);
  });

  test('ends where a loss falls without end', () => {
    const { at, evaluations } = searched(strongWolfe, ([x = 0]) => ({ loss: -x, gradient: [-1] }), 1);
    expect(at).toBe(1e10);
    expect(evaluations).toBe(11);
  });
});

describe('backtracking', () => {
  test('gives up after 25 looks', () => {
    expect(searched(backtracking, ([x = 0]) => ({ loss: x, gradient: [-1] }), 1)).toMatchObject({ point: undefined, evaluations: 25 });
  });

  test('goes to the minimum of a parabola in one more look', () => {
    expect(searched(backtracking, parabola, 8)).toMatchObject({ at: 3, evaluations: 2 });
  });
});

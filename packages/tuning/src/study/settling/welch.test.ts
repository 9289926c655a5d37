import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { incompleteBeta } from './incomplete-beta.ts';
import { twoSided, welchTest } from './welch.ts';

/** Relative, a few hundred roundings: the logarithms of gamma functions take from each other. */
const CLOSE = 1e-12;
const expectClose = (ours: number, expected: number): void => expect(Math.abs(ours / expected - 1)).toBeLessThan(CLOSE);

// scipy.special.betainc, scipy.stats.t and scipy.stats.ttest_ind(equal_var=False) of SciPy 1.17.1.
test.each([
  [0.5, 2, 3, 0.6875],
  [0.1, 0.5, 0.5, 0.20483276469913345],
  [0.9, 10, 0.5, 0.15164090963470994],
  [0.001, 4, 0.5, 2.735469434082405e-13],
  [0.3, 30, 70, 0.5116251045586087],
])('the incomplete beta function at %d of %d and %d', (x, a, b, expected) => expectClose(incompleteBeta(x, a, b), expected));

test('the incomplete beta function goes from 0 to 1, and is its own mirror', () => {
  const shape = fc.double({ min: 0.01, max: 200, noNaN: true });
  const place = fc.integer({ min: 0, max: 1024 }).map((x) => x / 1024); // 1 − x is exact
  fc.assert(
    fc.property(place, shape, shape, (x, a, b) => {
      const value = incompleteBeta(x, a, b);
      expect(value).toBeGreaterThanOrEqual(0);
      expect(value).toBeLessThanOrEqual(1 + 1e-12);
      expect(Math.abs(value + incompleteBeta(1 - x, b, a) - 1)).toBeLessThan(1e-12);
    }),
  );
});

test.each([
  [0.5, 1, 0.7048327646991335],
  [12.7, 1, 0.050024327689344165],
  [30, 2, 0.001109262681959659],
  [2.5, 3.7, 0.07182202291182678],
  [1.96, 30, 0.05934231289605049],
  [0.01, 5.5, 0.9923740198995527],
  [8, 12.25, 3.2922186496997265e-6],
  [3, 1000, 0.0027667090442381925],
  [50, 4, 9.57445365696969e-7],
])("Student's t beyond %d with %d degrees of freedom", (t, degrees, expected) => expectClose(twoSided(t * t, degrees), expected));

describe("Welch's test", () => {
  test('gives the probability that SciPy gives', () => {
    expectClose(welchTest([1.2, 1.5, 1.1, 1.9], [2.0, 2.3, 1.7]), 0.07089059992875062);
  });

  test('is certain about values without noise', () => {
    expect(welchTest([1, 1], [1, 1])).toBe(1);
    expect(welchTest([1, 1], [1.5, 1.5])).toBe(0);
  });

  test('does not mind which comes first', () => {
    const values = fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 2, maxLength: 6 });
    fc.assert(
      fc.property(values, values, (x, y) => {
        expect(welchTest(x, y)).toBe(welchTest(y, x));
      }),
    );
  });
});

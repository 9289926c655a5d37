import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { logCumulative, logCumulativeInverse } from './normal.ts';
import { logMass, truncatedNormalQuantile } from './truncated-normal.ts';

// mpmath with 60 digits.
const masses = [
  [-1, 1, -0.38171514630212605],
  [-3, -2, -3.8443534263342056],
  [2, 3, -3.8443534263342056],
  [8, 9, -35.01361859343715],
  [-40, -39.5, -784.720879106624],
  [100, 101, -5005.524208694205],
  [-0.001, 0.0005, -7.421228829078636],
  [1, 1.000000001, -22.142204287910715],
  [30, 30.00001, -462.4320139944794],
  [-2, 50, -0.023012909328963486],
  [-0.5, 0.0009, -1.6511899785144386],
  [4, 4.0003, -17.03126657150762],
] as const;
const quantiles = [
  [0.5, -1, 2, 0.17116391801782477],
  [0.01, -5, 5, -2.3263373339839],
  [0.999999, -5, 5, 4.702234114843992],
  [1e-12, -8, 8, -7.034397104979646],
  [0.25, 8, 9, 8.035339621905017],
  [0.75, -40, -30, -30.009577257491085],
  [0.5, 100, 200, 100.00693053875243],
  [0.5, 3, 1000000, 3.2051549205989334],
  [0.9, -0.001, 0.002, 0.001699999635499836],
  [0.3, -1000000, -50, -50.02406404967695],
] as const;

describe('logMass', () => {
  test.each(masses)('of the stretch from %d to %d is right to ten digits', (a, b, value) => {
    expect(Math.abs(logMass(a, b) - value)).toBeLessThan(1e-10); // of a logarithm: the digits of the mass
  });

  test('of a stretch is the sum of those of its parts', () => {
    const bound = fc.double({ min: -30, max: 30, noNaN: true });
    fc.assert(
      fc.property(
        bound,
        fc.double({ min: 1e-6, max: 20, noNaN: true }),
        fc.double({ min: 0.1, max: 0.9, noNaN: true }),
        (a, width, share) => {
          const [b, middle] = [a + width, a + share * width];
          const parts = Math.exp(logMass(a, middle) - logMass(a, b)) + Math.exp(logMass(middle, b) - logMass(a, b));
          expect(parts).toBeCloseTo(1, 6);
        },
      ),
    );
  });
});

describe('logCumulativeInverse', () => {
  test.each([-Math.LN2, -1, -5, -40, -1000, -1e6])('undoes logCumulative at %d', (y) => {
    expect(Math.abs(logCumulative(logCumulativeInverse(y)) / y - 1)).toBeLessThan(1e-14);
  });

  test('of nothing is nowhere', () => {
    expect(logCumulativeInverse(-Infinity)).toBe(-Infinity);
  });
});

describe('truncatedNormalQuantile', () => {
  test.each(quantiles)('%d of the normal between %d and %d', (q, a, b, x) => {
    expect(Math.abs(truncatedNormalQuantile(q, a, b) - x)).toBeLessThan(1e-9 * (b - a < 1 ? b - a : Math.abs(x)));
  });

  test('stays between its ends, and rises', () => {
    const bound = fc.double({ min: -1e4, max: 1e4, noNaN: true });
    fc.assert(
      fc.property(
        bound,
        fc.double({ min: 1e-3, max: 1e4, noNaN: true }),
        fc.uniqueArray(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })),
        (a, width, shares) => {
          const found = shares.sort((p, q) => p - q).map((q) => truncatedNormalQuantile(q, a, a + width));
          for (const [i, x] of found.entries()) {
            expect(x).toBeGreaterThanOrEqual(i === 0 ? a : found[i - 1]! - 1e-9 * Math.abs(x));
            expect(x).toBeLessThanOrEqual(a + width);
          }
        },
      ),
    );
  });
});

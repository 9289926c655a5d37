import { describe, expect, test } from 'vitest';
import { erf, logErfc } from './erf.ts';

// mpmath 1.2 with 60 digits.
const erfAt = [
  [1e-10, 1.1283791670955126e-10],
  [-0.3, -0.3286267594591274],
  [0.8, 0.7421009647076605],
  [0.85, 0.7706680576083526],
  [1.2, 0.9103139782296353],
  [1.3, 0.9340079449406524],
  [2, 0.9953222650189527],
  [2.8, 0.9999249868053346],
  [2.9, 0.9999589021219005],
  [4, 0.9999999845827421],
  [5.9, 0.9999999999999999],
] as const;
const logErfcAt = [
  [-30, Math.LN2],
  [-2, 0.6908055736465877],
  [-0.001, 0.0011277426501148766],
  [0.5, -0.7350111298370844],
  [0.84, -1.4487772320960683],
  [0.85, -1.4725847948879962],
  [1.2, -2.4114403551669295],
  [1.3, -2.7182209220903846],
  [2.8, -9.497846531028845],
  [2.9, -10.099554065545236],
  [5, -27.200889545537436],
  [20, -403.56934333410425],
  [27.9, -782.3116329385361],
  [28.1, -793.5187667439469],
  [40, -1604.2615566532736],
  [1000, -1000007.4801207219],
] as const;
const ULP = 2 ** -52;
const relative = (found: number, true_: number): number => Math.abs(found - true_) / Math.abs(true_);

describe('erf', () => {
  test.each(erfAt)('is within an ulp at %d', (x, value) => {
    expect(relative(erf(x), value)).toBeLessThanOrEqual(ULP);
    expect(erf(-x)).toBe(-erf(x));
  });

  test('ends at 1, keeps zeros, and passes on what is no number', () => {
    expect([erf(7), erf(-Infinity), erf(0), erf(-0), erf(Number.NaN)]).toEqual([1, -1, 0, -0, Number.NaN]);
  });
});

describe('logErfc', () => {
  test.each(logErfcAt)('is right to an ulp or two at %d, or to 1e-16 where it is small', (x, value) => {
    expect(Math.abs(logErfc(x) - value)).toBeLessThanOrEqual(Math.max(2 * ULP * Math.abs(value), ULP));
  });

  test.each([0.84375, 1.25, 1 / 0.35, 28])('does not jump where it changes its formula, at %d', (x) => {
    expect(logErfc(x * (1 + 1e-13))).toBeCloseTo(logErfc(x * (1 - 1e-13)), 9);
    expect(logErfc(x * (1 + 1e-13))).toBeLessThan(logErfc(x * (1 - 1e-13)));
  });

  test('passes on what is no number, and ends', () => {
    expect([logErfc(Number.NaN), logErfc(Infinity), logErfc(-Infinity)]).toEqual([Number.NaN, -Infinity, Math.LN2]);
  });
});

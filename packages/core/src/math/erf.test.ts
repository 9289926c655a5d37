import { describe, expect, test } from 'vitest';
import { erf, logErfc } from './erf.ts';

// mpmath 1.2 with 60 digits.
const erfAt = [
  [1e-10, 1.1283791670955126e-10],
  [-0.3, -0.32862675945912742],
  [0.8, 0.74210096470766051],
  [0.85, 0.77066805760835252],
  [1.2, 0.91031397822963537],
  [1.3, 0.93400794494065245],
  [2, 0.99532226501895273],
  [2.8, 0.99992498680533454],
  [2.9, 0.99995890212190054],
  [4, 0.9999999845827421],
  [5.9, 0.99999999999999993],
] as const;
const logErfcAt = [
  [-30, 0.69314718055994531],
  [-2, 0.69080557364658766],
  [-0.001, 0.0011277426501148766],
  [0.5, -0.7350111298370844],
  [0.84, -1.4487772320960684],
  [0.85, -1.4725847948879961],
  [1.2, -2.4114403551669296],
  [1.3, -2.7182209220903845],
  [2.8, -9.4978465310288449],
  [2.9, -10.099554065545236],
  [5, -27.200889545537434],
  [20, -403.56934333410423],
  [27.9, -782.3116329385362],
  [28.1, -793.51876674394696],
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

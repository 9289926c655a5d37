import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FormulaError } from './formula-error.ts';
import { numberLoss } from './number-loss.ts';
import { parseFormula } from './parse-formula.ts';

const at = (text: string, x = 2, y = 3): number => numberLoss(parseFormula(text))(x, y);

describe('parseFormula', () => {
  test.each([
    ['1 + 2 * 3', 7],
    ['(1 + 2) * 3', 9],
    ['10 - 4 - 3', 3],
    ['16 / 4 / 2', 2],
    ['-x^2', -4],
    ['(-x)^2', 4],
    ['2^3^2', 512],
    ['2^-1', 0.5],
    ['x**2', 4],
    ['x² + y³', 31],
    ['2x', 4],
    ['3(x + 1)(y - 1)', 18],
    ['x y', 6],
    ['x(y)', 6],
    ['6 / 2x', 6],
    ['- - x', 2],
    ['1.5e1 + .5', 15.5],
    ['max(x, y) - min(x, y)', 1],
    ['pow(x, 3)', 8],
    ['abs(-x) + sqrt(4y + 4)', 6],
    ['ln(exp(x))', 2],
    ['sin(pi / 2) + cos(0) + tan(0) + tanh(0)', 2],
    ['log(e)', 1],
    ['  x  ', 2],
  ])('reads %s as %d', (text, value) => expect(at(text)).toBeCloseTo(value, 12));

  test.each([
    ['', 0, 'the formula ends where a value should be'],
    ['x +', 3, 'the formula ends'],
    ['x + * y', 4, "'*' stands where a value should be"],
    ['x + foo', 4, "'foo' is not known"],
    ['2 + sine(x)', 4, "did you mean 'sin'?"],
    ['(x + y', 0, "the '(' is never closed"],
    ['x)', 1, "')' stands where nothing can"],
    ['sin', 0, "'sin' is a function"],
    ['max(x)', 0, "'max' takes 2 values, got 1"],
    ['sin(x, y)', 0, "'sin' takes one value, got 2"],
    ['x # y', 2, "'#' belongs to no formula"],
    ['x + 😀', 4, "'😀' belongs to no formula"],
    ['constructor', 0, "'constructor' is not known"],
    ['__proto__', 0, "'_' belongs to no formula"],
  ])('says of %j that at %d %s', (text, start, words) => {
    expect(() => parseFormula(text)).toThrow(
      expect.objectContaining({ code: 'invalid-argument', start, message: expect.stringContaining(words) }),
    );
    expect(() => parseFormula(text)).toThrow(`at character ${start + 1}, `);
  });

  test('refuses what is too long or too deep, instead of running out of stack', () => {
    expect(() => parseFormula('x+'.repeat(251))).toThrow('the formula goes past 500 characters');
    expect(() => parseFormula('('.repeat(200))).toThrow('more than 100 parentheses are open');
  });

  test('reads any text or says where it does not parse', () => {
    const word = fc.constantFrom('x', 'y', '1', '2.5', '+', '-', '*', '/', '^', '(', ')', ',', 'sin', 'max', ' ', '²', '$');
    fc.assert(
      fc.property(fc.array(word, { maxLength: 30 }), (words) => {
        const text = words.join('');
        try {
          expect(typeof at(text)).toBe('number');
        } catch (error) {
          expect(error).toBeInstanceOf(FormulaError);
          const { start, end } = error as FormulaError;
          expect(start).toBeGreaterThanOrEqual(0);
          expect(end).toBeGreaterThan(start);
          expect(start).toBeLessThanOrEqual(text.length);
        }
      }),
    );
  });
});

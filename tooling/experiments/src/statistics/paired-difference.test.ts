import { describe, expect, test } from 'vitest';
import { isWithinNoise, pairedDifference } from './paired-difference.ts';

// Student 1908, "The probable error of a mean": additional hours of sleep with two drugs, of ten patients. R's
// t.test(b, a, paired = TRUE) gives a mean of 1.58, an interval from 0.7001142 to 2.4598858, t = 4.0621.
const A = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0, 2];
const B = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4];

describe('pairedDifference', () => {
  test("is that of Student's own example", () => {
    const { mean, standardError, low, high } = pairedDifference(A, B);
    expect(mean).toBeCloseTo(1.58, 12);
    expect(mean / standardError).toBeCloseTo(4.0621, 4);
    expect(low).toBeCloseTo(0.7001142, 7);
    expect(high).toBeCloseTo(2.4598858, 7);
  });

  test('turns its sign with the sides', () => {
    expect(pairedDifference(B, A).mean).toBeCloseTo(-1.58, 12);
  });

  test('with five pairs the interval reaches 2.776 standard errors', () => {
    const { standardError, low, high } = pairedDifference([0, 0, 0, 0, 0], [1, 2, 3, 4, 5]);
    expect((high - low) / 2 / standardError).toBeCloseTo(2.776445, 6);
    expect(standardError).toBeCloseTo(Math.sqrt(2.5 / 5), 12);
  });

  test('says when sides do not match', () => {
    expect(() => pairedDifference([1, 2], [1])).toThrow('2 and 1');
  });
});

test.each([
  [-1, 2, true],
  [0, 0, true],
  [0.1, 2, false],
  [-2, -0.1, false],
])('an interval from %d to %d: within the noise %s', (low, high, expected) => {
  expect(isWithinNoise({ mean: (low + high) / 2, standardError: 1, low, high })).toBe(expected);
});

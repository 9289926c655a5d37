import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { smoothedLosses } from './smoothed-losses.ts';
import { suggestLearningRates } from './suggest-learning-rates.ts';

const rates = Array.from({ length: 12 }, (_, i) => 10 ** (i / 2 - 5));

describe('suggestions', () => {
  const losses = [3, 3, 2.9, 2.5, 1.5, 1, 0.8, 0.75, 0.9, 2, 9, 40];

  test('find the steepest fall, the least loss and the middle of the way down', () => {
    expect(suggestLearningRates(rates, losses)).toEqual({
      steepest: rates[3],
      minimumAt: rates[7],
      minimum: (rates[7] ?? 0) / 10,
      valley: rates[3], // seven falling losses end at place 7: from 0 on, a third and half a third
    });
  });

  test('count up to the first loss that is not finite', () => {
    const broken = [...losses.slice(0, 6), Number.NaN, ...losses.slice(7)];
    expect(suggestLearningRates(rates, broken)).toEqual(suggestLearningRates(rates.slice(0, 6), losses.slice(0, 6)));
  });

  test('leave out what they are told to', () => {
    const short = suggestLearningRates(rates, losses, { skipStart: 4, skipEnd: 3 });
    expect(short).toEqual(suggestLearningRates(rates.slice(4, 9), losses.slice(4, 9)));
  });

  test('are none where nothing is left', () => {
    expect(suggestLearningRates([0.1], [1])).toBeUndefined();
    expect(suggestLearningRates(rates, losses, { skipStart: 9, skipEnd: 9 })).toBeUndefined();
  });

  test('refuse a loss too few', () => {
    expect(() => suggestLearningRates(rates, losses.slice(1))).toThrow(
      '[shape-mismatch] suggestLearningRates: `losses` must have one loss per rate (12), got 11',
    );
  });
});

describe('smoothed losses', () => {
  test('of one loss, repeated, are that loss', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.1, max: 100, noNaN: true }), fc.double({ min: 0, max: 0.99, noNaN: true }), (loss, beta) => {
        for (const smoothed of smoothedLosses(
          Array.from({ length: 20 }, () => loss),
          beta,
        ))
          expect(smoothed).toBeCloseTo(loss, 9);
      }),
    );
  });

  test('lie between the least and the largest loss', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -10, max: 10, noNaN: true }), { minLength: 1, maxLength: 30 }), (losses) => {
        for (const smoothed of smoothedLosses(losses)) {
          expect(smoothed).toBeGreaterThanOrEqual(Math.min(...losses) - 1e-9);
          expect(smoothed).toBeLessThanOrEqual(Math.max(...losses) + 1e-9);
        }
      }),
    );
  });
});

import { testSchedule } from '@downhill/conformance';
import { describe, expect, test } from 'vitest';
import { warmupStableDecay, type WarmupStableDecayOptions } from './warmup-stable-decay.ts';

testSchedule('warmupStableDecay', () => warmupStableDecay({ peak: 0.1, steps: 60, warmup: 10, decay: 20 }), {
  factories: { warmupStableDecay },
});

const values = (options: Partial<WarmupStableDecayOptions>, steps: readonly number[]): number[] => {
  const rate = warmupStableDecay({ peak: 10, steps: 12, decay: 4, shape: 'linear', ...options });
  return steps.map((t) => rate.at(t));
};

describe('warmupStableDecay', () => {
  test('rises, stays and falls, and is at its end after the last step', () => {
    expect(values({ warmup: 4, from: 2, to: 6 }, [0, 1, 3, 4, 8, 9, 11, 12, 1e6])).toEqual([2, 4, 8, 10, 10, 9, 7, 6, 6]);
  });

  test.each([
    ['1-sqrt', 5],
    ['linear', 7.5],
    ['1-square', 9.375],
    ['cosine', 10 * (0.5 + 0.5 * Math.SQRT1_2)],
    ['exponential', (10 * (10 ** -0.25 - 0.1)) / 0.9],
  ] as const)('has fallen by a quarter of the way down as %s has it, and reaches the end', (shape, value) => {
    expect(values({ shape }, [8, 9, 12])).toEqual([10, expect.closeTo(value, 12), 0]);
  });

  test('falls as 1-sqrt where nothing is given, from the first step on', () => {
    const rate = warmupStableDecay({ peak: 10, steps: 16, decay: 16 });
    expect([0, 1, 4, 9, 15, 16].map((t) => rate.at(t))).toEqual([10, 7.5, 5, 2.5, expect.closeTo(10 - 2.5 * Math.sqrt(15), 12), 0]);
  });

  test('leaves out a phase of no steps', () => {
    expect(values({ warmup: 0 }, [0, 8, 10])).toEqual([10, 10, 5]);
    expect(values({ warmup: 8 }, [4, 8, 10])).toEqual([5, 10, 5]);
    expect(values({ decay: 0, to: 1 }, [0, 11, 12])).toEqual([10, 10, 1]);
  });

  test('takes fractional phases as they are', () => {
    expect(values({ warmup: 2.5, decay: 2.5 }, [0, 1, 2, 3, 9, 10, 11, 12])).toEqual(
      [0, 4, 8, 10, 10, 8, 4, 0].map((value) => expect.closeTo(value, 12)),
    );
  });

  test.each([
    [{ steps: 0 }, '`steps` must be a whole number, at least 1, got 0'],
    [{ warmup: 13 }, '`warmup` must be a finite number, at least 0 and at most 12, got 13. No phase is longer than the run.'],
    [{ warmup: 9, decay: 4 }, '`warmup` and `decay` must fit in the run of 12 steps together, got 9 and 4. Shorten one of them'],
    [{ shape: 'sqrt' as 'linear' }, "`shape` must be one of '1-sqrt', 'linear', '1-square', 'cosine', 'exponential', got \"sqrt\""],
  ])('refuses %o', (options, message) => {
    expect(() => values(options, [])).toThrow(`warmupStableDecay: ${message}`);
  });
});

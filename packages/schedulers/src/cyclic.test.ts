import { testSchedule } from '@downhill/conformance';
import { describe, expect, test } from 'vitest';
import { cyclic } from './cyclic.ts';

testSchedule('cyclic', () => cyclic({ from: 0.001, to: 0.1, up: 15 }), { factories: { cyclic } });
testSchedule('cyclic', () => cyclic({ from: 0.001, to: 0.1, up: 7.5, down: 20, mode: 'triangular2' }), { factories: { cyclic } });
testSchedule('cyclic', () => cyclic({ from: 0.001, to: 0.1, up: 12, mode: 'exp_range', factor: 0.98 }), { factories: { cyclic } });

const heights = (options: Partial<Parameters<typeof cyclic>[0]>, steps: readonly number[]): number[] => {
  const rate = cyclic({ from: 10, to: 18, up: 2, ...options });
  return steps.map((t) => rate.at(t));
};

describe('cyclic', () => {
  test('rises and falls in equal steps, and begins again', () => {
    expect(heights({}, [0, 1, 2, 3, 4, 5, 6])).toEqual([10, 14, 18, 14, 10, 14, 18]);
  });

  test('takes its own time for the way down', () => {
    expect(heights({ down: 4 }, [0, 1, 2, 3, 4, 5, 6, 7])).toEqual([10, 14, 18, 16, 14, 12, 10, 14]);
  });

  test('halves the height with each cycle in the mode triangular2', () => {
    expect(heights({ mode: 'triangular2' }, [2, 6, 10, 4, 8])).toEqual([18, 14, 12, 10, 10]);
  });

  test('multiplies the height at each step in the mode exp_range, by 1 where nothing is given', () => {
    expect(heights({ mode: 'exp_range', factor: 0.5 }, [0, 1, 2, 6])).toEqual([10, 12, 12, 10.125]);
    expect(heights({ mode: 'exp_range' }, [2, 6])).toEqual([18, 18]);
  });

  test('is a saw that jumps up or down where one of the ways has no steps', () => {
    expect(heights({ up: 0, down: 4 }, [0, 1, 2, 3, 4])).toEqual([18, 16, 14, 12, 18]);
    expect(heights({ up: 4, down: 0 }, [0, 1, 2, 3, 4])).toEqual([10, 12, 14, 16, 10]);
  });

  test('has its top between two steps where the way up is fractional', () => {
    expect(heights({ up: 1.6, down: 2.4 }, [0, 1, 2, 3, 4])).toEqual([10, 15, 10 + (8 * 2) / 2.4, expect.closeTo(10 + 8 / 2.4, 12), 10]);
  });

  test('takes 2000 steps up and down where nothing is given, as PyTorch’s does', () => {
    const rate = cyclic({ from: 0, to: 1 });
    expect([1000, 2000, 4000].map((t) => rate.at(t))).toEqual([0.5, 1, 0]);
  });

  test('is a momentum that falls where the rate rises, given from above', () => {
    expect(heights({ from: 18, to: 10 }, [0, 1, 2, 3, 4])).toEqual([18, 14, 10, 14, 18]);
  });

  test.each([
    [{ up: -1 }, '`up` must be a finite number, at least 0, got -1'],
    [{ up: 0 }, '`down` must be a finite number, above 0, got 0'],
    [{ mode: 'square' as 'triangular' }, "`mode` must be one of 'triangular', 'triangular2', 'exp_range', got \"square\""],
    [{ factor: 0.9 }, "`factor` goes with `mode` 'exp_range' alone, got 0.9 with 'triangular'"],
    [{ mode: 'exp_range' as const, factor: 1.1 }, '`factor` must be a finite number, at least 0 and at most 1, got 1.1'],
    [{ stepSizeUp: 4 }, 'cyclic: has no option `stepSizeUp`'],
  ])('refuses %o', (options, message) => {
    expect(() => cyclic({ from: 0, to: 1, ...options })).toThrow(message);
  });

  test('asks for what it cannot do without', () => {
    // @ts-expect-error: JavaScript may leave anything out
    expect(() => cyclic({ from: 0.1 })).toThrow('cyclic: `to` must be a finite number, got undefined');
  });
});

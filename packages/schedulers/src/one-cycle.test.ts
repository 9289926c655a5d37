import { testSchedule } from '@downhill/conformance';
import { describe, expect, test } from 'vitest';
import { oneCycle, oneCycleMomentum } from './one-cycle.ts';

const factories = { oneCycle, oneCycleMomentum };
testSchedule('oneCycle', () => oneCycle({ peak: 0.1, steps: 61 }), { factories });
testSchedule('oneCycle', () => oneCycle({ peak: 0.1, steps: 61, rise: 0.4, anneal: 'linear', threePhase: true, to: 0 }), { factories });
testSchedule('oneCycleMomentum', () => oneCycleMomentum({ steps: 61 }), { factories });

const line = { anneal: 'linear', from: 2, peak: 10, to: 0 } as const;
const values = (options: Parameters<typeof oneCycle>[0], steps: readonly number[]): number[] => steps.map((t) => oneCycle(options).at(t));

describe('oneCycle', () => {
  test('rises to the peak, falls to the end at the last step, and stays there', () => {
    expect(values({ ...line, steps: 9, rise: 5 / 9 }, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 1e6])).toEqual([2, 4, 6, 8, 10, 7.5, 5, 2.5, 0, 0, 0]);
  });

  test('comes back as it went, then goes on down, in three phases', () => {
    expect(values({ ...line, steps: 11, rise: 5 / 11, threePhase: true }, [0, 2, 4, 6, 8, 9, 10, 11])).toEqual([2, 6, 10, 6, 2, 1, 0, 0]);
  });

  test('has no third phase left where the first two share the run', () => {
    expect(values({ ...line, steps: 10, rise: 0.5, threePhase: true }, [0, 2, 4, 6, 8, 9])).toEqual([2, 6, 10, 6, 2, 0]);
  });

  test('turns between two steps where the share of the run is fractional', () => {
    const rate = values({ ...line, steps: 10, rise: 0.35 }, [2, 3]);
    expect(rate).toEqual([2 + (8 * 2) / 2.5, 10 - (10 * 0.5) / 6.5].map((value) => expect.closeTo(value, 12)));
  });

  test('is half way by half a cosine', () => {
    expect(values({ peak: 3, from: 1, to: 1, steps: 9, rise: 5 / 9 }, [0, 1, 2, 4])).toEqual([
      1,
      expect.closeTo(2 - Math.SQRT1_2, 12),
      expect.closeTo(2, 12),
      3,
    ]);
  });

  test('starts at a 25th of the peak and ends at a 10,000th of that, as PyTorch’s does', () => {
    const rate = oneCycle({ peak: 0.5, steps: 30 });
    expect([rate.at(0), rate.at(8), rate.at(29)]).toEqual([0.02, expect.closeTo(0.5, 12), 0.02 / 1e4]);
  });

  test('begins at the peak without a rise, and ends there without a fall', () => {
    expect(values({ ...line, steps: 5, rise: 0 }, [0, 2, 4])).toEqual([10, 5, 0]);
    expect(values({ ...line, steps: 5, rise: 1 }, [0, 2, 4, 5])).toEqual([2, 6, 10, 0]);
  });

  test('is at its end in a run of one step', () => {
    expect(values({ ...line, steps: 1 }, [0, 1])).toEqual([0, 0]);
  });

  test.each([
    [{ steps: 0 }, '`steps` must be a whole number, at least 1, got 0. Pass batches per epoch × epochs.'],
    [{ rise: 1.5 }, '`rise` must be a finite number, at least 0 and at most 1, got 1.5'],
    [{ rise: 0.6, threePhase: true }, '`rise` must be at most 0.5 with `threePhase`, whose first two phases are alike, got 0.6'],
    [{ anneal: 'exp' as 'cos' }, "`anneal` must be one of 'cos', 'linear', got \"exp\""],
    [{ threePhase: 'no' as unknown as boolean }, '`threePhase` must be true or false, got "no"'],
    [{ pctStart: 0.3 }, 'oneCycle: has no option `pctStart`'],
  ])('refuses %o', (options, message) => {
    expect(() => oneCycle({ peak: 0.1, steps: 10, ...options })).toThrow(message);
  });
});

describe('oneCycleMomentum', () => {
  test.each([false, true])('is lowest where the rate is highest (three phases: %s)', (threePhase) => {
    const shape = { steps: 41, rise: 0.3, threePhase, anneal: 'linear' } as const;
    const [rate, momentum] = [oneCycle({ ...shape, peak: 1, from: 0, to: 0 }), oneCycleMomentum({ ...shape, high: 0.95, low: 0.85 })];
    for (let t = 0; t <= 45; t++) expect(momentum.at(t)).toBeCloseTo(0.95 - 0.1 * rate.at(t), 12);
  });

  test('goes from 0.95 to 0.85 and back where nothing is given, as PyTorch’s does', () => {
    const momentum = oneCycleMomentum({ steps: 30 });
    expect([0, 8, 29, 30].map((t) => momentum.at(t))).toEqual([0.95, expect.closeTo(0.85, 12), 0.95, 0.95]);
  });

  test('refuses bounds that are the wrong way round', () => {
    expect(() => oneCycleMomentum({ steps: 10, low: 0.9, high: 0.8 })).toThrow('`low` must be a finite number, at most 0.8, got 0.9');
  });
});

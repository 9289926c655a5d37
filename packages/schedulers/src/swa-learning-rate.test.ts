import { testSchedule } from '@downhill/conformance';
import { describe, expect, test } from 'vitest';
import { cosine } from './cosine.ts';
import { swaLearningRate } from './swa-learning-rate.ts';

const factories = { cosine, swaLearningRate };
testSchedule('swaLearningRate', () => swaLearningRate(0.1, { to: 0.05, start: 20, steps: 10 }), { factories });
testSchedule(
  'swaLearningRate',
  () => swaLearningRate(cosine({ from: 0.1, steps: 40 }), { to: 0.02, start: 30, steps: 5, anneal: 'linear' }),
  {
    factories,
  },
);

describe('swaLearningRate', () => {
  test('follows the schedule before it, and leaves it without a jump', () => {
    const before = cosine({ from: 0.1, steps: 40 });
    const rate = swaLearningRate(before, { to: 0.02, start: 30, steps: 5 });
    for (let t = 0; t <= 30; t++) expect(rate.at(t)).toBe(before.at(t));
  });

  test.each(['cos', 'linear'] as const)('by %s it is half way after half the steps, and stays where it arrives', (anneal) => {
    const rate = swaLearningRate(0.5, { to: 0.1, start: 3, steps: 8, anneal });
    expect(rate.at(7)).toBeCloseTo(0.3, 12);
    expect([11, 12, 1000].map((t) => rate.at(t))).toEqual([0.1, 0.1, 0.1]);
  });

  test('with no steps it is there at once', () => {
    const rate = swaLearningRate(0.5, { to: 0.1, start: 3, steps: 0 });
    expect([2, 3].map((t) => rate.at(t))).toEqual([0.5, 0.1]);
  });

  test('refuses another way down', () => {
    expect(() => swaLearningRate(0.1, { to: 0, start: 0, steps: 1, anneal: 'exp' as 'cos' })).toThrow(
      "`anneal` must be one of 'cos', 'linear', got \"exp\"",
    );
  });
});

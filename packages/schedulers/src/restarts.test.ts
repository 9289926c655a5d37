import { testSchedule } from '@downhill/conformance';
import { describe, expect, test } from 'vitest';
import { cosine } from './cosine.ts';
import { cosineWarmRestarts } from './cosine-warm-restarts.ts';
import { linear } from './linear.ts';
import { restarts } from './restarts.ts';

const factories = { restarts, cosine, linear };
testSchedule('restarts', () => restarts(cosine({ from: 0.1, steps: 20 }), { steps: 20 }), { factories });
testSchedule('restarts', () => restarts(linear({ from: 0.1, steps: 12 }), { steps: 12, stretch: 1.5, decay: 0.8, limit: 3 }), {
  factories,
});

const fall = linear({ from: 8, steps: 4 });

describe('restarts', () => {
  test('begins again in the place of the last value, for ever', () => {
    const rate = restarts(fall, { steps: 4 });
    expect([0, 1, 3, 4, 7, 8, 4e6].map((t) => rate.at(t))).toEqual([8, 6, 2, 8, 2, 8, 8]);
  });

  test.each([1, 2, 2.5])('of a cosine is the cosine with warm restarts (stretch %d)', (stretch) => {
    const [rate, known] = [
      restarts(cosine({ from: 0.1, to: 0.01, steps: 6 }), { steps: 6, stretch }),
      cosineWarmRestarts({ from: 0.1, to: 0.01, steps: 6, stretch }),
    ];
    for (let t = 0; t < 60; t++) expect(rate.at(t)).toBeCloseTo(known.at(t), 14);
  });

  test('multiplies the values of each cycle, and keeps the end of the last after a limit', () => {
    const rate = restarts(linear({ from: 8, to: 4, steps: 2 }), { steps: 2, decay: 0.5, limit: 2 });
    expect([0, 1, 2, 3, 4, 5, 1e6].map((t) => rate.at(t))).toEqual([8, 6, 4, 3, 2, 2, 2]);
  });

  test('is the schedule itself in one cycle that is no longer than it', () => {
    const rate = restarts(fall, { steps: 4, limit: 1 });
    for (let t = 0; t < 9; t++) expect(rate.at(t)).toBe(fall.at(t));
  });

  test.each([
    [{ steps: 0 }, '`steps` must be a whole number, at least 1, got 0'],
    [{ stretch: 0.5 }, '`stretch` must be a finite number, at least 1, got 0.5'],
    [{ decay: -1 }, '`decay` must be a finite number, at least 0, got -1'],
    [{ limit: 0 }, '`limit` must be a whole number, at least 1, got 0'],
  ])('refuses %o', (options, message) => {
    expect(() => restarts(fall, { steps: 4, ...options })).toThrow(`restarts: ${message}`);
  });
});

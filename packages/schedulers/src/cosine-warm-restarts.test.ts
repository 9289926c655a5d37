import { testSchedule } from '@downhill/conformance';
import { describe, expect, test } from 'vitest';
import { cosine } from './cosine.ts';
import { cosineWarmRestarts } from './cosine-warm-restarts.ts';

const factories = { cosineWarmRestarts };
testSchedule('cosineWarmRestarts', () => cosineWarmRestarts({ from: 0.1, steps: 15 }), { factories });
testSchedule('cosineWarmRestarts', () => cosineWarmRestarts({ from: 0.1, to: 0.003, steps: 10, stretch: 2, shrink: 0.9 }), { factories });

describe('cosineWarmRestarts', () => {
  test('starts again after each cycle, and never reaches its end', () => {
    const rate = cosineWarmRestarts({ from: 0.1, steps: 5 });
    const once = cosine({ from: 0.1, steps: 5 });
    for (let t = 0; t < 23; t++) expect(rate.at(t)).toBe(once.at(t % 5));
  });

  test('makes each cycle longer by `stretch`: 2, 6 and 18 steps', () => {
    const rate = cosineWarmRestarts({ from: 1, steps: 2, stretch: 3 });
    expect([0, 2, 8, 26].map((t) => rate.at(t))).toEqual([1, 1, 1, 1]);
    expect([1, 5, 17].map((t) => rate.at(t))).toEqual([0.5, 0.5, 0.5].map((half) => expect.closeTo(half, 12)));
  });

  test('makes each cycle lower by `shrink`, above the end that it keeps', () => {
    const rate = cosineWarmRestarts({ from: 5, to: 1, steps: 2, shrink: 0.5 });
    expect([0, 2, 4].map((t) => rate.at(t))).toEqual([5, 3, 2]);
  });

  test('restarts at the first whole step after a fractional cycle: 4, 6 and 9 steps, then 13.5', () => {
    const rate = cosineWarmRestarts({ from: 1, steps: 4, stretch: 1.5 });
    expect([0, 4, 10, 19].map((t) => rate.at(t))).toEqual([1, 1, 1, 1]);
    expect(rate.at(32)).toBeLessThan(0.01);
    expect(rate.at(33)).toBeGreaterThan(0.99);
  });

  test('refuses a stretch below 1 and a shrink above 1', () => {
    expect(() => cosineWarmRestarts({ from: 1, steps: 1, stretch: 0.5 })).toThrow('`stretch` must be a finite number, at least 1, got 0.5');
    expect(() => cosineWarmRestarts({ from: 1, steps: 1, shrink: 2 })).toThrow(
      '`shrink` must be a finite number, at least 0 and at most 1, got 2',
    );
  });
});

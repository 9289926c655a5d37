import { testSchedule } from '@downhill/conformance';
import { describe, expect, test } from 'vitest';
import { cosineWarmRestarts } from './cosine-warm-restarts.ts';
import { cycleEnds, snapshotCosine } from './snapshot-cosine.ts';

testSchedule('snapshotCosine', () => snapshotCosine({ from: 0.1, steps: 40, cycles: 4 }), { factories: { snapshotCosine } });
testSchedule('snapshotCosine', () => snapshotCosine({ from: 0.1, steps: 23, cycles: 4 }), { factories: { snapshotCosine } });

describe('snapshotCosine', () => {
  test('is the cosine with warm restarts whose cycles share the run', () => {
    const rate = snapshotCosine({ from: 0.1, steps: 23, cycles: 4 });
    const restarts = cosineWarmRestarts({ from: 0.1, steps: 6 });
    for (let t = 0; t < 23; t++) expect(rate.at(t)).toBeCloseTo(restarts.at(t), 15);
  });

  test('refuses more cycles than steps', () => {
    expect(() => snapshotCosine({ from: 0.1, steps: 3, cycles: 4 })).toThrow(
      '`cycles` must be a whole number, at least 1 and at most 3, got 4',
    );
  });
});

describe('cycleEnds', () => {
  test('where the cycles do not fit, the last one is short', () => {
    expect(cycleEnds({ steps: 23, cycles: 4 })).toEqual([6, 12, 18, 23]);
  });

  test('is where the rate is at its lowest: the next step starts again, and the run is over after the last', () => {
    for (let steps = 1; steps <= 60; steps++)
      for (let cycles = 1; cycles <= Math.min(steps, 20); cycles++) {
        const ends = cycleEnds({ steps, cycles });
        const rate = snapshotCosine({ from: 1, steps, cycles });
        expect(ends.at(-1)).toBe(steps);
        expect(ends.length).toBeLessThanOrEqual(cycles);
        for (const end of ends.slice(0, -1)) expect([rate.at(end), rate.at(end - 1) <= rate.at(Math.max(end - 2, 0))]).toEqual([1, true]);
      }
  });
});

import { randomStream, streamKey } from '@downhill/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { race, type Contender, type RaceRules } from './race.ts';

const rules: RaceRules = { direction: 'minimize', minRepeats: 3, maxRepeats: 10, confidence: 0.95 };

/** A race on normal noise of standard deviation 1 around means, one round after the other. */
function run(means: readonly number[], seed: number, asked: RaceRules = rules) {
  const noise = means.map((_, number) => randomStream(streamKey(seed, 'noise', number)));
  let contenders: Contender[] = means.map((_, number) => ({ number, values: [], failed: false }));
  let runs = 0;
  for (;;) {
    const { racing, needs } = race(contenders, asked);
    if (needs === undefined) return { left: racing.map(({ number }) => number), runs };
    contenders = contenders.map((contender) => {
      if (!racing.includes(contender)) return contender;
      const values = Array.from({ length: needs }, (_, i) => (means[contender.number] ?? 0) + (noise[contender.number]?.normalAt(i) ?? 0));
      runs += needs - contender.values.length;
      return { ...contender, values };
    });
  }
}

const seeds = Array.from({ length: 400 }, (_, seed) => seed);

describe('a race', () => {
  test.each([2, 3, 5])('of %d equals ends in a tie at least as often as it is confident', (count) => {
    const means = Array.from({ length: count }, () => 1);
    const wins = seeds.filter((seed) => run(means, seed).left.length === 1).length;
    expect(wins / seeds.length).toBeLessThanOrEqual(0.05);
  });

  test('seldom drops the best one, however close the others are', () => {
    for (const gap of [0.5, 1, 2]) {
      const lost = seeds.filter((seed) => !run([0, gap, gap], seed).left.includes(0)).length;
      expect(lost / seeds.length).toBeLessThanOrEqual(0.05);
    }
  });

  test('of one that is far ahead is over after few repeats', () => {
    const races = seeds.map((seed) => run([3, 103, 203], seed));
    expect(races.every(({ left }) => left.join() === '0')).toBe(true);
    expect(Math.max(...races.map(({ runs }) => runs))).toBeLessThanOrEqual(3 * 4);
  });

  test('finds a gap of four standard deviations before the last repeat, mostly', () => {
    const races = seeds.map((seed) => run([0, 4, 4], seed));
    expect(races.filter(({ left, runs }) => left.join() === '0' && runs < 3 * 10).length / races.length).toBeGreaterThan(0.95);
  });

  test('of values without noise is won by the best, and tied between equals', () => {
    const flat = (...levels: readonly number[]) =>
      levels.map((level, number) => ({ number, values: [level, level, level], failed: false }));
    expect(race(flat(2, 1, 3), rules).racing.map(({ number }) => number)).toEqual([1]);
    expect(race(flat(2, 1, 3), { ...rules, direction: 'maximize' }).racing.map(({ number }) => number)).toEqual([2]);
    expect(race(flat(1, 1, 3), rules)).toMatchObject({ racing: [{ number: 0 }, { number: 1 }], needs: 4 });
  });

  test('has nobody in it that failed, and is won by who is left', () => {
    const contenders = [
      { number: 0, values: [1, 1], failed: true },
      { number: 1, values: [2, 4, 3], failed: false },
    ];
    expect(race(contenders, rules).racing.map(({ number }) => number)).toEqual([1]);
    expect(race(contenders.slice(0, 1), rules)).toEqual({ racing: [] });
  });

  test('of one contender measures it as often as the first look needs', () => {
    expect(race([{ number: 4, values: [1], failed: false }], rules).needs).toBe(3);
    expect(race([{ number: 4, values: [1, 2, 3], failed: false }], rules).needs).toBe(undefined);
  });

  test('stands the same with values of rounds that were not asked for yet', () => {
    const values = fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 10, maxLength: 10 });
    fc.assert(
      fc.property(fc.array(values, { minLength: 1, maxLength: 4 }), (all) => {
        const whole = all.map((values, number) => ({ number, values, failed: false }));
        let known = whole.map((contender) => ({ ...contender, values: contender.values.slice(0, 3) }));
        let standing = race(known, rules);
        while (standing.needs !== undefined) {
          const { racing, needs } = standing;
          known = known.map((contender) =>
            racing.includes(contender) ? { ...contender, values: all[contender.number]?.slice(0, needs) ?? [] } : contender,
          );
          standing = race(known, rules);
        }
        expect(standing.racing.map(({ number }) => number)).toEqual(race(whole, rules).racing.map(({ number }) => number));
      }),
    );
  });
});

import type { Direction } from '@downhill/core';
import { compareValues } from '../../view/trials.ts';
import { meanOf } from './moments.ts';
import { welchTest } from './welch.ts';

/** One of the settings that are measured again and again. */
export interface Contender {
  readonly number: number;
  /** By repeat, the first one first. */
  readonly values: readonly number[];
  /** A repeat failed. */
  readonly failed: boolean;
}

export interface RaceRules {
  readonly direction: Direction;
  readonly minRepeats: number;
  readonly maxRepeats: number;
  readonly confidence: number;
}

/** How a race stands. */
export interface Standing<Racing extends Contender = Contender> {
  /** Those that are not clearly worse than the best of them, the best one first. */
  readonly racing: readonly Racing[];
  /** How many repeats all of them need for the next look; undefined where the race is over. */
  readonly needs?: number;
}

/**
 * How a race of means stands: looks at the first `minRepeats` values of everybody, then at one more each time, and drops whoever is clearly
 * worse than the best one then. It is over when one is left, or after the look at `maxRepeats`. A function of the values alone, so that a race
 * that is taken up again comes to the same end.
 *
 * Racing: Maron & Moore 1994 (Hoeffding races); here a pair is told apart by Welch's t-test, at a level that Bonferroni's inequality divides by
 * all the looks and by the contenders but one:
 *
 *     p ≤ (1 − confidence) / ((maxRepeats − minRepeats + 1) (contenders − 1))
 *
 * So with normal noise any one that is as good as the best is dropped with probability (1 − confidence) / 2 at most. Where all are equal, one is
 * left alone with probability 1 − confidence at most: for that the first contender must have been dropped, or the second.
 */
export function race<Racing extends Contender>(contenders: readonly Racing[], rules: RaceRules): Standing<Racing> {
  const { direction, minRepeats, maxRepeats, confidence } = rules;
  const level = (1 - confidence) / ((maxRepeats - minRepeats + 1) * Math.max(1, contenders.length - 1));
  let racing = contenders.filter(({ failed }) => !failed);
  for (let repeats = minRepeats; ; repeats += 1) {
    if (racing.some(({ values }) => values.length < repeats)) return { racing, needs: repeats };
    const seen = ({ values }: Racing): readonly number[] => values.slice(0, repeats);
    racing = racing.toSorted((a, b) => compareValues(direction, meanOf(seen(a)), meanOf(seen(b))) || a.number - b.number);
    const [best] = racing;
    racing = racing.filter((other) => best === undefined || other === best || welchTest(seen(best), seen(other)) > level);
    if (racing.length <= 1 || repeats === maxRepeats) return { racing };
  }
}

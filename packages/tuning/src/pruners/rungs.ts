import type { Direction, FrozenTrial, Report } from '@downhill/core';
import { isBetter } from '../view/trials.ts';
import { firstAt } from './reports.ts';

/** The steps at which trials are compared: rung k is reached by the first report at `first` · `factor`ᵏ or later that is not NaN. */
export interface Ladder {
  readonly first: number;
  readonly factor: number;
}

export const resourceAt = ({ first, factor }: Ladder, rung: number): number => {
  let resource = first;
  for (let k = 0; k < rung; k += 1) resource *= factor;
  return resource;
};

/** The reports that reached the rungs, from rung 0 up; one report may have reached several. */
export function reachedBy(reports: readonly Report[], ladder: Ladder): readonly Report[] {
  const reached: Report[] = [];
  for (let resource = ladder.first, place = 0; ; resource *= ladder.factor) {
    place = Math.max(place, firstAt(reports, resource));
    while (Number.isNaN(reports[place]?.value)) place += 1;
    const report = reports[place];
    if (report === undefined) return reached;
    reached.push(report);
  }
}

/** What one bracket of successive halving is run with. */
export interface Halving {
  readonly ladder: Ladder;
  readonly bootstrapCount: number;
  readonly direction: Direction;
}

/**
 * Whether a value is among the best ⌊n / factor⌋ of the n at its rung, itself included; while n is below the factor, whether it is the best.
 * Values that tie are all among them. None is where there are no more values than `bootstrapCount`.
 */
export function isPromotable(value: number, atRung: readonly number[], { ladder, bootstrapCount, direction }: Halving): boolean {
  const better = atRung.filter((other) => isBetter(direction, other, value)).length;
  return atRung.length > bootstrapCount && better < Math.max(1, Math.floor(atRung.length / ladder.factor));
}

/**
 * The values at each rung. A report that reached several rungs and was the last one of a pruned trial counts only up to the rung that it was not
 * promotable from, which is where the trial ended. Which values were there then is taken from the order of the trials.
 */
export function valuesAtRungs(trials: readonly FrozenTrial[], halving: Halving): readonly (readonly number[])[] {
  const rungs: number[][] = [];
  for (const { state, reports } of trials) {
    const ended = state === 'pruned' ? reports.at(-1) : undefined;
    let below: Report | undefined;
    for (const [rung, report] of reachedBy(reports, halving.ladder).entries()) {
      if (report === ended && below === ended && !isPromotable(report.value, rungs[rung - 1] ?? [], halving)) break;
      (rungs[rung] ??= []).push(report.value);
      below = report;
    }
  }
  return rungs;
}

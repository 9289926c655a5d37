import { checkNumber, complete, DownhillError, pruner, type FrozenTrial, type Pruner, type StudyView } from '@downhill/core';
import { distinctTrials } from '../view/trials.ts';
import { isPromotable, reachedBy, resourceAt, valuesAtRungs, type Halving } from './rungs.ts';

/** Options of {@link successiveHalving}; defaults from Optuna's `SuccessiveHalvingPruner`. */
export interface SuccessiveHalvingOptions {
  /**
   * The step of the first rung, from 1 on; `'auto'`: a hundredth of the last step of the first complete trial, at least 1. Until then nothing is
   * pruned, and the trials up to that one are on no rung. @defaultValue 'auto' (Optuna's)
   */
  readonly minResource?: number | 'auto';
  /** One in so many goes on from a rung to the next one, which is so many times as far: a whole number from 2 on. @defaultValue 4 (Optuna's) */
  readonly reductionFactor?: number;
  /** How many rungs are left out below, from 0 on: s in the paper. @defaultValue 0 (Optuna's) */
  readonly minEarlyStoppingRate?: number;
  /** At a rung with no more values than this, every trial ends; not with `'auto'`. @defaultValue 0 (Optuna's) */
  readonly bootstrapCount?: number;
}

/**
 * Ends a trial at a rung unless it is among the best of those that came so far: rung k is at step minResource · reductionFactorˢ⁺ᵏ.
 *
 * Optuna's `SuccessiveHalvingPruner`: asynchronous successive halving (Li et al. 2020, arXiv:1810.05934) in which nobody waits and nobody comes
 * back; `asha` has both. A trial goes on when it is among the best ⌊n / reductionFactor⌋ of the n values at its rung, while these are few when it
 * is the best one. Steps are as reported: where they count from 0, the rung at 4 is the fifth report. A report of NaN at a rung ends the trial,
 * and is no value of the rung.
 *
 * @example
 * successiveHalving({ minResource: 2 }).config; // { minResource: 2, reductionFactor: 4, minEarlyStoppingRate: 0, bootstrapCount: 0 }
 *
 * @throws DownhillError `invalid-argument` for numbers that are not whole or too small, or a `bootstrapCount` with `'auto'`.
 */
export function successiveHalving(options: SuccessiveHalvingOptions = {}): Pruner {
  const full = complete('successiveHalving', options, {
    minResource: 'auto' as const,
    reductionFactor: 4,
    minEarlyStoppingRate: 0,
    bootstrapCount: 0,
  });
  const { minResource, reductionFactor, minEarlyStoppingRate, bootstrapCount } = full;
  if (minResource !== 'auto')
    checkNumber(
      'successiveHalving',
      { minResource },
      { min: 1, integer: true },
      "Or write 'auto', and it comes of the first complete trial.",
    );
  checkNumber('successiveHalving', { reductionFactor }, { min: 2, integer: true });
  checkNumber('successiveHalving', { minEarlyStoppingRate, bootstrapCount }, { min: 0, integer: true });
  if (minResource === 'auto') checkNoBootstrap('successiveHalving', 'minResource', bootstrapCount);
  return pruner({
    name: 'successiveHalving',
    config: full,
    shouldPrune(study, trial) {
      const first = minResource === 'auto' ? firstComplete(study) : undefined;
      if (minResource === 'auto' && first === undefined) return false;
      const resource = minResource === 'auto' ? Math.max(1, Math.floor(lastStep(first) / 100)) : minResource;
      const ladder = { first: resourceAt({ first: resource, factor: reductionFactor }, minEarlyStoppingRate), factor: reductionFactor };
      const others = () => distinctTrials(study).filter(({ number }) => number !== trial.number && number > (first?.number ?? -1));
      return endsAtRung(trial, others, { ladder, bootstrapCount, direction: study.direction });
    },
  });
}

/** Whether the last report of `trial` reaches a rung from which it does not go on; the others are looked at only where it reaches one. */
export function endsAtRung({ reports }: FrozenTrial, others: () => readonly FrozenTrial[], halving: Halving): boolean {
  const { ladder } = halving;
  const last = reports.at(-1);
  if (last === undefined) return false;
  const before = reachedBy(reports.slice(0, -1), ladder).length;
  if (last.step < resourceAt(ladder, before)) return false;
  if (Number.isNaN(last.value)) return true;
  const rungs = valuesAtRungs(others(), halving);
  for (let rung = before; last.step >= resourceAt(ladder, rung); rung += 1)
    if (!isPromotable(last.value, [...(rungs[rung] ?? []), last.value], halving)) return true;
  return false;
}

/** The complete trial with the lowest number that has reports. */
export const firstComplete = (study: StudyView): FrozenTrial | undefined =>
  distinctTrials(study).find(({ state, reports }) => state === 'complete' && reports.length > 0);

export const lastStep = (trial: FrozenTrial | undefined): number => trial?.reports.at(-1)?.step ?? 0;

/** @throws DownhillError `invalid-argument` */
export function checkNoBootstrap(source: string, resource: string, bootstrapCount: number): void {
  if (bootstrapCount === 0) return;
  throw new DownhillError({
    code: 'invalid-argument',
    source,
    problem: `\`bootstrapCount\` must be 0 where \`${resource}\` is 'auto', got ${bootstrapCount}`,
    advice: `Give \`${resource}\` as a number.`,
  });
}

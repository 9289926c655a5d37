import { checkNumber, complete, pruner, type Pruner } from '@downhill/core';
import { distinctTrials } from '../view/trials.ts';
import { crc32 } from './crc32.ts';
import { allocation, wholeLog } from './hyperband-brackets.ts';
import { resourceAt } from './rungs.ts';
import { checkNoBootstrap, endsAtRung, firstComplete, lastStep } from './successive-halving.ts';

/** Options of {@link hyperband}; defaults from Optuna's `HyperbandPruner`. */
export interface HyperbandOptions {
  /** The step of the first rung of the bracket that ends trials soonest, from 1 on. @defaultValue 1 (Optuna's) */
  readonly minResource?: number;
  /**
   * How many steps a whole trial has; `'auto'`: the last step of the first complete trial and 1, nothing being pruned until then.
   * @defaultValue 'auto' (Optuna's)
   */
  readonly maxResource?: number | 'auto';
  /** One in so many goes on from a rung to the next one: a whole number from 2 on. @defaultValue 3 (Optuna's, and the paper's) */
  readonly reductionFactor?: number;
  /** At a rung with no more values than this, every trial ends; not with `'auto'`. @defaultValue 0 (Optuna's) */
  readonly bootstrapCount?: number;
}

/**
 * Successive halving in several brackets, each of which leaves out one rung more from below: whether it is better to try much or to wait
 * long is not known beforehand.
 *
 * Li et al. 2018 (arXiv:1603.06560), as Optuna's `HyperbandPruner` has it: a trial's number and the study's name choose its bracket, in
 * proportion to what algorithm 1 gives the bracket, and it is compared within the bracket only. Steps, and reports of NaN, are those of
 * `successiveHalving`. The number of brackets is exact, where Optuna's logarithm is one short for some powers, such as 243 of 3.
 *
 * @example
 * hyperband({ maxResource: 81 }).config; // { minResource: 1, maxResource: 81, reductionFactor: 3, bootstrapCount: 0 }
 *
 * @throws DownhillError `invalid-argument` for numbers that are not whole or too small, or a `bootstrapCount` with `'auto'`.
 */
export function hyperband(options: HyperbandOptions = {}): Pruner {
  const full = complete('hyperband', options, { minResource: 1, maxResource: 'auto' as const, reductionFactor: 3, bootstrapCount: 0 });
  const { minResource, maxResource, reductionFactor, bootstrapCount } = full;
  checkNumber('hyperband', { minResource }, { min: 1, integer: true });
  if (maxResource !== 'auto')
    checkNumber('hyperband', { maxResource }, { min: minResource, integer: true }, 'The steps of a whole trial, at least `minResource`.');
  checkNumber('hyperband', { reductionFactor }, { min: 2, integer: true });
  checkNumber('hyperband', { bootstrapCount }, { min: 0, integer: true });
  if (maxResource === 'auto') checkNoBootstrap('hyperband', 'maxResource', bootstrapCount);
  return pruner({
    name: 'hyperband',
    config: full,
    shouldPrune(study, trial) {
      const first = maxResource === 'auto' ? firstComplete(study) : undefined;
      if (maxResource === 'auto' && first === undefined) return false;
      const most = maxResource === 'auto' ? Math.max(minResource, lastStep(first) + 1) : maxResource;
      const shares = sharesOf(minResource, most, reductionFactor);
      const bracket = bracketOf(shares, study.name, trial.number);
      const others = () =>
        distinctTrials(study).filter(
          ({ number }) => number !== trial.number && number > (first?.number ?? -1) && bracketOf(shares, study.name, number) === bracket,
        );
      const ladder = { first: resourceAt({ first: minResource, factor: reductionFactor }, bracket), factor: reductionFactor };
      return endsAtRung(trial, others, { ladder, bootstrapCount, direction: study.direction });
    },
  });
}

const sharesOf = (minResource: number, maxResource: number, reductionFactor: number): readonly number[] => {
  const brackets = wholeLog(maxResource / minResource, reductionFactor) + 1;
  return Array.from({ length: brackets }, (_, bracket) => allocation(brackets, brackets - 1 - bracket, reductionFactor));
};

function bracketOf(shares: readonly number[], studyName: string, number: number): number {
  let place = crc32(new TextEncoder().encode(`${studyName}_${number}`)) % shares.reduce((sum, share) => sum + share, 0);
  return shares.findIndex((share) => (place -= share) < 0);
}

/** Options of {@link hyperbandShares}: those of {@link hyperband}, in numbers. */
export interface HyperbandSharesOptions {
  /** @defaultValue 1 */
  readonly minResource?: number;
  readonly maxResource: number;
  /** @defaultValue 3 */
  readonly reductionFactor?: number;
}

/**
 * How many of the trials each bracket of {@link hyperband} gets, in proportion; the bracket that ends trials soonest is first.
 *
 * @example
 * hyperbandShares({ maxResource: 9 }); // [9, 5, 3]
 *
 * @throws DownhillError `invalid-argument` as `hyperband` does.
 */
export function hyperbandShares(options: HyperbandSharesOptions): readonly number[] {
  const full = complete('hyperbandShares', options, { minResource: 1, maxResource: Number.NaN, reductionFactor: 3 });
  const { minResource, maxResource, reductionFactor } = full;
  checkNumber('hyperbandShares', { minResource }, { min: 1, integer: true });
  checkNumber(
    'hyperbandShares',
    { maxResource },
    { min: minResource, integer: true },
    'The steps of a whole trial, at least `minResource`.',
  );
  checkNumber('hyperbandShares', { reductionFactor }, { min: 2, integer: true });
  return sharesOf(minResource, maxResource, reductionFactor);
}

/**
 * The bracket of a trial: the place crc32(`${studyName}_${number}`) modulo the sum of the shares falls into its share.
 *
 * @example
 * hyperbandBracketOf([9, 5, 3], 'downhill', 0); // 0
 *
 * @throws DownhillError `invalid-argument` where there are no shares, or a number is not whole.
 */
export function hyperbandBracketOf(shares: readonly number[], studyName: string, number: number): number {
  checkNumber('hyperbandBracketOf', { 'shares.length': shares.length }, { min: 1 }, 'Pass what hyperbandShares gives.');
  for (const [i, share] of shares.entries()) checkNumber('hyperbandBracketOf', { [`shares[${i}]`]: share }, { min: 1, integer: true });
  checkNumber('hyperbandBracketOf', { number }, { min: 0, integer: true });
  return bracketOf(shares, studyName, number);
}

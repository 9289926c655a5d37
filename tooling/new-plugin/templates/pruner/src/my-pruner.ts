import { checkNumber, complete, pruner, type Pruner } from '@downhill/core';

/** Options of {@link myPruner}; say whose defaults these are. */
export interface MyPrunerOptions {
  /** How many trials go on, at every step: whole, at least 1. @defaultValue 3 */
  keep?: number;
}

/**
 * Ends a trial where `keep` others were better at the same step. Write the rule of yours here, and what it makes of NaN.
 *
 *     prune trial i at step s  ⇔  |{ j ≠ i : vⱼ(s) better than vᵢ(s) }| ≥ keep
 *
 * Cite its source. A report of NaN is worse than any number.
 *
 * @example
 * const rule = myPruner({ keep: 5 });
 * rule.name; // 'myPruner'
 *
 * @throws DownhillError `invalid-argument` where a number is out of its range.
 */
export function myPruner(options: MyPrunerOptions = {}): Pruner {
  const config = complete('myPruner', options, { keep: 3 });
  const { keep } = config;
  checkNumber('myPruner', { keep }, { min: 1, integer: true });
  return pruner({
    name: 'myPruner',
    config,
    shouldPrune({ direction, trials }, trial) {
      const last = trial.reports.at(-1);
      if (last === undefined) return false;
      const sign = direction === 'minimize' ? 1 : -1;
      const loss = (value: number): number => (Number.isNaN(value) ? Infinity : sign * value);
      const others = trials
        .filter(({ number }) => number !== trial.number)
        .flatMap(({ reports }) => reports.filter(({ step }) => step === last.step));
      return others.filter(({ value }) => loss(value) < loss(last.value)).length >= keep;
    },
  });
}

import { checkNumber, complete, pruner, type FrozenTrial, type Pruner, type StudyView } from '@downhill/core';
import { compareValues, distinctTrials } from '../view/trials.ts';
import { wholeLog } from './hyperband-brackets.ts';
import { reachedBy, resourceAt, type Ladder } from './rungs.ts';

/** Options of {@link asha}; defaults from Li et al. 2020. */
export interface AshaOptions {
  /** r: the step of the first rung, from 1 on. @defaultValue 1 */
  readonly minResource?: number;
  /** R: the last step of a whole trial; from the last rung up to it, which is the highest r · ηᵏ that is not above R, trials go on without a stop. */
  readonly maxResource: number;
  /** η: one in so many goes on from a rung to the next one, a whole number from 2 on. @defaultValue 4 (the paper's experiments; Ray Tune's) */
  readonly reductionFactor?: number;
}

/**
 * Asynchronous successive halving in which a trial rests at each rung, and goes on as soon as it is among the best of those that came.
 *
 *     get_job:  for k = K − 1, ..., 0:  the best of the ⌊|rung k| / η⌋ best of rung k that did not go on yet → rung k + 1
 *               else a new configuration → rung 0;          rung k is at step r ηᵏ, K = ⌊log_η (R / r)⌋
 *
 * Li et al. 2020, algorithm 2 (arXiv:1810.05934). At a rung a trial is pruned unless it is itself the job; `promote` names the pruned trial that
 * is the job, if one is. Ties go to the trial that began first. Steps are as reported. A report of NaN at a rung ends the trial for good, and is no
 * value of the rung. An objective that can go on keeps a checkpoint after each report, before it returns `pruned`.
 *
 * @example
 * const rests = asha({ maxResource: 27, reductionFactor: 3 });
 * rests.config; // { minResource: 1, maxResource: 27, reductionFactor: 3 }
 *
 * @throws DownhillError `invalid-argument` for numbers that are not whole or too small, or a `maxResource` below `minResource`.
 */
export function asha(options: AshaOptions): Pruner {
  const full = complete('asha', options, { minResource: 1, maxResource: Number.NaN, reductionFactor: 4 });
  const { minResource, maxResource, reductionFactor } = full;
  checkNumber('asha', { minResource }, { min: 1, integer: true });
  checkNumber('asha', { maxResource }, { min: minResource, integer: true }, 'The last step of a whole trial, at least `minResource`.');
  checkNumber('asha', { reductionFactor }, { min: 2, integer: true });
  const ladder = { first: minResource, factor: reductionFactor };
  const rungs = wholeLog(maxResource / minResource, reductionFactor);
  return pruner({
    name: 'asha',
    config: full,
    shouldPrune(study, trial) {
      const { reports } = trial;
      const last = reports.at(-1);
      const before = reachedBy(reports.slice(0, -1), ladder).length;
      if (last === undefined || before >= rungs || last.step < resourceAt(ladder, before)) return false;
      if (Number.isNaN(last.value)) return true;
      if (last.step >= resourceAt(ladder, rungs)) return false;
      return nextJob(study, ladder, rungs, trial) !== trial.number;
    },
    promote: (study) => nextJob(study, ladder, rungs),
  });
}

/** The number of the trial that get_job sends on from its rung. `arriving` is at its rung as the pruned ones are. */
function nextJob(study: StudyView, ladder: Ladder, rungs: number, arriving?: FrozenTrial): number | undefined {
  const climbers = distinctTrials(study).map((trial) => climberOf(trial, study, ladder, trial.number === arriving?.number));
  for (let rung = rungs - 1; rung >= 0; rung -= 1) {
    const onRung = climbers.filter(({ values }) => values.length > rung);
    const isBefore = (a: Climber, b: Climber): boolean =>
      (compareValues(study.direction, a.values[rung] ?? 0, b.values[rung] ?? 0) || a.began - b.began) < 0;
    let best: Climber | undefined;
    for (const climber of onRung)
      if (climber.rests && climber.values.length === rung + 1 && (best === undefined || isBefore(climber, best))) best = climber;
    const first = best;
    if (first === undefined) continue;
    const place = onRung.filter((other) => isBefore(other, first)).length;
    if (place < Math.floor(onRung.length / ladder.factor)) return first.number;
  }
  return undefined;
}

/** A trial as get_job sees it. */
interface Climber {
  readonly number: number;
  /** The number under which it first ran. */
  readonly began: number;
  /** By rung. */
  readonly values: readonly number[];
  /** Whether it can go on from the rung that it reached last. */
  readonly rests: boolean;
}

function climberOf(trial: FrozenTrial, { trials }: StudyView, ladder: Ladder, arrives: boolean): Climber {
  const { number, state, reports } = trial;
  const before = ({ continues }: FrozenTrial): FrozenTrial | undefined => (continues === undefined ? undefined : trials[continues]);
  let first = trial;
  for (let earlier = before(trial); earlier !== undefined; earlier = before(earlier)) first = earlier;
  const reached = reachedBy(reports, ladder);
  const last = reports.at(-1);
  const wentOn = first === trial || before(trial)?.reports.at(-1)?.step !== last?.step; // else it stopped again where it was
  const rests = arrives || (state === 'pruned' && last !== undefined && reached.at(-1) === last && wentOn);
  return { number, began: first.number, values: reached.map(({ value }) => value), rests };
}

import { checkNumber, complete, DownhillError, pruner, show, type Pruner } from '@downhill/core';
import { bestReported } from './reports.ts';

/** Options of {@link patient}; defaults from Optuna's `PatientPruner`. */
export interface PatientOptions {
  /** Reports without progress that are borne: a whole number from 0 on. */
  readonly patience: number;
  /** How much worse than before the recent reports must be to count as no progress, in units of the objective, from 0 on. @defaultValue 0 (Optuna's) */
  readonly minDelta?: number;
  /** Who is asked then. @defaultValue nobody: the trial ends */
  readonly pruner?: Pruner;
}

/**
 * Lets another pruner end a trial only after `patience` + 1 reports that are all worse, by more than `minDelta`, than the best one before them.
 * Without another pruner that is early stopping.
 *
 * Optuna's `PatientPruner`. Reports of NaN are left out; where nothing else is on one side of the comparison, the trial goes on.
 *
 * @example
 * patient({ patience: 3 }).config; // { patience: 3, minDelta: 0 }
 * patient({ patience: 3, pruner: median() }).name; // 'patient'
 *
 * @throws DownhillError `invalid-argument` for a patience that is not whole, a negative `minDelta`, or a `pruner` that is none.
 */
export function patient(options: PatientOptions): Pruner {
  const defaults = { patience: Number.NaN, minDelta: 0, pruner: undefined as Pruner | undefined };
  const { patience, minDelta, pruner: asked } = complete('patient', options, defaults);
  checkNumber('patient', { patience }, { min: 0, integer: true }, 'Reports without progress that are borne.');
  checkNumber('patient', { minDelta }, { min: 0 });
  if (asked !== undefined && asked?.kind !== 'pruner')
    throw new DownhillError({
      code: 'invalid-argument',
      source: 'patient',
      problem: `\`pruner\` must be a pruner, got ${show(asked)}`,
      advice: 'Write { pruner: median() }.',
    });
  return pruner({
    name: 'patient',
    config: { patience, minDelta, ...(asked === undefined ? {} : { pruner: asked }) },
    shouldPrune(study, trial) {
      const before = bestReported(trial.reports.slice(0, -patience - 1), study.direction);
      const recent = bestReported(trial.reports.slice(-patience - 1), study.direction);
      const stuck = study.direction === 'minimize' ? before + minDelta < recent : before - minDelta > recent;
      return stuck && (asked === undefined || asked.shouldPrune(study, trial));
    },
    ...(asked?.promote === undefined ? {} : { promote: (study) => asked.promote?.(study) }),
  });
}

import { checkNumber, type Report } from '@downhill/core';

/** When a pruner looks at a trial. */
export interface CheckTimes {
  /** Steps, counted from 0, before which nothing is pruned. @defaultValue 0 (Optuna's `n_warmup_steps`) */
  readonly warmupSteps?: number;
  /** Steps from one look to the next, counted from the end of the warm-up; a look waits for the next report. @defaultValue 1 (Optuna's) */
  readonly intervalSteps?: number;
}

export const CHECK_TIMES = { warmupSteps: 0, intervalSteps: 1 };

export function checkTimes(source: string, { warmupSteps, intervalSteps }: Required<CheckTimes>): void {
  checkNumber(source, { warmupSteps }, { min: 0, integer: true });
  checkNumber(source, { intervalSteps }, { min: 1, integer: true });
}

/** Whether the last report is the first one in its interval. */
export function isCheckDue(reports: readonly Report[], { warmupSteps, intervalSteps }: Required<CheckTimes>): boolean {
  const step = reports.at(-1)?.step;
  if (step === undefined || step < warmupSteps) return false;
  const interval = Math.floor((step - warmupSteps) / intervalSteps) * intervalSteps + warmupSteps;
  return (reports.at(-2)?.step ?? -1) < interval;
}

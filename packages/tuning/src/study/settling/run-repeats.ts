import type { FrozenTrial } from '@downhill/core';
import type { LiveTrial } from '../running/live-trial.ts';
import { inParallel } from '../running/optimize.ts';
import { runObjective } from '../running/run-objective.ts';
import type { Stopping } from '../running/stopping.ts';
import type { Study } from '../study.ts';
import type { Objective } from '../trial.ts';

/** A repeat of each of these trials, by number, so many of them at a time. After one that failed its trial is not repeated again. */
export async function runRepeats(
  study: Study,
  objective: Objective,
  numbers: readonly number[],
  { parallel, stopping, ended }: { readonly parallel: number; readonly stopping: Stopping; readonly ended: (trial: FrozenTrial) => void },
): Promise<void> {
  const waiting = [...numbers];
  const failed = new Set<number>();
  const next = async (): Promise<{ readonly trial: LiveTrial; readonly of: number } | undefined> => {
    for (let of = waiting.shift(); of !== undefined && stopping.mayBegin(); of = waiting.shift()) {
      if (failed.has(of)) continue;
      const trial = await study.ask({ repeats: of, signal: stopping.signal });
      if (trial !== undefined) return { trial: trial as LiveTrial, of }; // a study gives out no others
    }
    return undefined;
  };
  const run = async ({ trial, of }: { readonly trial: LiveTrial; readonly of: number }): Promise<void> => {
    const told = await study.tell(trial, await runObjective(objective, trial, stopping.signal));
    if (told.state === 'waiting') return;
    if (told.state !== 'complete') failed.add(of);
    ended(told);
  };
  await inParallel(
    parallel,
    () => stopping.guard(next),
    (one) => stopping.guard(() => run(one)),
  );
}

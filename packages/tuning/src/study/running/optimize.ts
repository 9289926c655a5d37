import type { StudyView } from '@downhill/core';
import { ask } from '../asking/ask.ts';
import type { StudyContext } from '../study-context.ts';
import type { OptimizeOptions } from '../study.ts';
import { finish } from '../tell.ts';
import { interrupted, pruned, type Objective } from '../trial.ts';
import { breather } from './breather.ts';
import { checkedOptions } from './checked-options.ts';
import { liveTrial, type LiveTrial } from './live-trial.ts';
import { progressTo } from './progress.ts';
import { runObjective } from './run-objective.ts';
import { startStopping } from './stopping.ts';

/** What `optimize` of a study does. */
export async function optimize(context: StudyContext, objective: Objective, given: OptimizeOptions = {}): Promise<void> {
  const { trials, total, timeout, parallel, signal, onEvent } = checkedOptions(objective, given);
  const stopping = startStopping(signal, timeout);
  const before = total === Infinity ? 0 : begunTrials(context.view());
  const progress = progressTo(context, onEvent, { done: before, of: Math.min(before + trials, total) });
  const held = new Set<number>();
  const troubled = new Set<number>();
  const breathe = breather();
  let begun = 0;

  const next = async (): Promise<LiveTrial | undefined> => {
    await breathe();
    if (!stopping.mayBegin()) return undefined;
    const id = await ask(context, { fresh: begun < trials && (total === Infinity || begunTrials(context.view()) < total) });
    if (id === undefined) return undefined;
    held.add(id);
    if (context.ledger.trial(id).continues === undefined) begun += 1;
    return liveTrial(context, id, stopping.signal, {
      reported: (report) => void stopping.guard(async () => progress.report(id, report)),
      failed(error) {
        troubled.add(id);
        stopping.fail(error);
      },
    });
  };

  const run = async (trial: LiveTrial): Promise<void> => {
    const { id } = trial;
    progress.begin(id);
    const outcome = trial.isDone ? pruned : await runObjective(objective, trial, stopping.signal);
    await finish(context, id, troubled.has(id) ? interrupted : outcome);
    held.delete(id);
    progress.end(id);
  };

  await inParallel(
    parallel,
    () => stopping.guard(next),
    (trial) => stopping.guard(() => run(trial)),
  );
  for (const id of held) await stopping.guard(() => finish(context, id, interrupted));
  stopping.end();
}

/** The settings that were begun: repeats and trials that go on from another one are none of their own. */
const begunTrials = ({ trials }: StudyView): number =>
  trials.filter(({ state, continues, repeat }) => state !== 'waiting' && continues === undefined && repeat === 0).length;

/** Begins as many as may run at a time, and looks for more whenever one has ended. */
export async function inParallel<Item>(
  parallel: number,
  next: () => Promise<Item | undefined>,
  run: (item: Item) => Promise<unknown>,
): Promise<void> {
  const running = new Set<Promise<unknown>>();
  for (;;) {
    while (running.size < parallel) {
      const item = await next();
      if (item === undefined) break;
      const one: Promise<unknown> = run(item).finally(() => running.delete(one));
      running.add(one);
    }
    if (running.size === 0) return;
    await Promise.race(running);
  }
}

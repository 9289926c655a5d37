import { checkNumber, DownhillError, show, streamKey, type Json, type Report } from '@downhill/core';
import { callPlugin } from '../call-plugin.ts';
import { checkpointsOf } from '../checkpoints.ts';
import { frozenTrial, type StudyContext } from '../study-context.ts';
import type { Trial } from '../trial.ts';

/** A trial that this worker runs. */
export interface LiveTrial extends Trial {
  readonly id: number;
  /** The pruner ended it with its last report, and then it was interrupted: it need not be run. */
  readonly isDone: boolean;
  /** Whether its objective has looked at the signal. */
  wasListening(): boolean;
}

/** Who is told of reports, and of errors that are not the objective's. */
export interface Watcher {
  reported(report: Report): void;
  failed(error: unknown): void;
}

export function liveTrial(context: StudyContext, id: number, signal: AbortSignal, watcher?: Watcher): LiveTrial {
  const { ledger, seed } = context;
  const { number, settings, repeat, reports } = frozenTrial(context, id);
  const reached = reports.at(-1)?.step;
  let listening = false;
  const checkRunning = (): void => {
    const { state, owner } = ledger.trial(id);
    if (state === 'running' && owner === ledger.storage.worker) return;
    throw new DownhillError({
      code: 'invalid-argument',
      source: 'trial',
      problem: `trial ${number} does not run here any more: it is ${state}`,
      advice: 'Nothing more can be noted of it; ask for another.',
    });
  };
  /** Does something with the storage or the pruner, whose errors end the study and not the trial. */
  const noting = async <Result>(action: () => Promise<Result>): Promise<Result> => {
    try {
      return await ledger.exclusive(action);
    } catch (error) {
      watcher?.failed(error);
      throw error;
    }
  };
  return Object.freeze({
    id,
    number,
    settings,
    repeat,
    seed: streamKey(seed, 'trial', repeat)[0],
    ...(reached === undefined ? {} : { reached }),
    checkpoints: checkpointsOf(context, id),
    isDone: reached !== undefined && endsAt(context, id, reached),
    wasListening: () => listening,
    get signal() {
      listening = true;
      return signal;
    },
    async report(step, value) {
      checkNumber('trial.report', { step }, { min: 0, integer: true });
      if (typeof value !== 'number')
        throw new DownhillError({
          code: 'invalid-argument',
          source: 'trial.report',
          problem: `\`value\` must be a number, got ${show(value)}`,
        });
      checkRunning();
      const isKnown = ledger.trial(id).reports.some((report) => report.step === step);
      const ends = await noting(async () => {
        await ledger.sync(...(isKnown ? [] : [{ type: 'report', trial: id, step, value } as const]));
        return endsAt(context, id, step);
      });
      if (!isKnown) watcher?.reported({ step, value });
      return ends;
    },
    async setAttribute(key, value: Json) {
      if (typeof key !== 'string' || key === '')
        throw new DownhillError({
          code: 'invalid-argument',
          source: 'trial.setAttribute',
          problem: `\`key\` must be a name, got ${show(key)}`,
        });
      checkRunning();
      await noting(() => ledger.sync({ type: 'trial-attribute', trial: id, by: 'user', key, value }));
    },
  } satisfies LiveTrial);
}

/**
 * Whether the pruner ends a trial at a step. Not where it has gone on from that step already, in this trial or in going on from the one that was
 * pruned there; and not a repeat, which measures noise.
 */
function endsAt(context: StudyContext, id: number, step: number): boolean {
  const { pruner, ledger, stored } = context;
  const { reports, repeat, continues } = ledger.trial(id);
  const before = continues === undefined ? undefined : ledger.trial(stored.trials[continues] as number).reports.at(-1)?.step;
  const wentOn = step < (reports.at(-1)?.step ?? 0) || step <= (before ?? -1);
  if (pruner === undefined || repeat > 0 || wentOn) return false;
  return callPlugin(pruner.name, () => pruner.shouldPrune(context.view(), frozenTrial(context, id)));
}

import { DownhillError, type Parameters, type Settings, type SettingsOf } from '@downhill/core';
import { callPlugin } from '../call-plugin.ts';
import { startStopping } from '../running/stopping.ts';
import type { Study } from '../study.ts';
import type { Objective } from '../trial.ts';
import { leaderOf, leadingTrials, type Leader } from './leader.ts';
import { race } from './race.ts';
import { runRepeats } from './run-repeats.ts';
import { checkedSettleOptions, type SettleOptions, type SettleProgress } from './settle-options.ts';

/** What repeats say of the leaders of a study. */
export interface Settlement<Sampled extends Settings = Settings> {
  /** The leader with the best mean, of those in no way clearly worse. */
  readonly winner: Leader<Sampled>;
  /** The other leaders that the noise does not tell from the winner. */
  readonly tied: readonly Leader<Sampled>[];
  /** Whether there are such: then the winner is as good a choice as they are. */
  readonly isTie: boolean;
  /** All that were measured, in the order of the values that they were found with. */
  readonly leaders: readonly Leader<Sampled>[];
}

/**
 * Measures the best trials of a study again, with other seeds, until one stands out of the noise, and calls a tie what does not.
 *
 * The repeats are trials of the study, of which the sampler and the pruner see nothing: one that is killed in the middle goes on in the next call,
 * which comes to the same end. In each round every leader that is not clearly worse gets one repeat more; see `race` for how that is told, by
 * Welch's t-test at a level for all looks together. A leader of which a repeat fails does not win.
 *
 * @example
 * const study = await openStudy({ space: space({ x: float(-3, 3) }), sampler: halton() });
 * const objective = ({ settings, seed }) => settings.x ** 2 + 0.001 * randomStream(streamKey(seed)).normalAt(0);
 * await study.optimize(objective, { trials: 9 });
 * const { winner, isTie } = await settle(study, objective);
 * winner.values.length >= 3; // true
 *
 * @throws DownhillError `invalid-argument` where no trial is complete, or for options out of range; `aborted` where `signal` ended it;
 * `member-failed` where a repeat of each leader failed.
 */
export async function settle<Given extends Parameters>(
  study: Study<Given>,
  objective: Objective<SettingsOf<Given> & Settings>,
  options: SettleOptions<SettingsOf<Given> & Settings> = {},
): Promise<Settlement<SettingsOf<Given> & Settings>> {
  const settled = await settleAny(study, objective as Objective, options as SettleOptions);
  return settled as Settlement<SettingsOf<Given> & Settings>;
}

async function settleAny(study: Study, objective: Objective, options: SettleOptions): Promise<Settlement> {
  const { leaders: count, parallel, signal, onEvent, ...rules } = checkedSettleOptions(objective, options);
  const chosen = leadingTrials(await study.view(), count);
  if (chosen.length === 0) throw failure('invalid-argument', `the study '${study.name}' has no complete trial`, 'Optimize it first.');
  const tell = (event: SettleProgress): void => {
    if (onEvent !== undefined) callPlugin('onEvent', () => onEvent(event));
  };
  const stopping = startStopping(signal, Infinity);
  try {
    for (;;) {
      const view = await study.view();
      const leaders = chosen.map((trial) => leaderOf(view, trial));
      const contenders = leaders.map((leader) => ({ ...leader, failed: leader.error !== undefined }));
      const { racing, needs } = race(contenders, { direction: study.direction, ...rules });
      const left = racing.flatMap(({ number }) => leaders.find((leader) => leader.number === number) ?? []);
      if (needs === undefined) return settlementOf(left, leaders);
      tell({ type: 'round', repeats: needs, racing: left });
      const missing = Array.from({ length: needs }, (_, i) => left.filter(({ values }) => values.length <= i).map(({ number }) => number));
      await runRepeats(study, objective, missing.flat(), { parallel, stopping, ended: (trial) => tell({ type: 'repeat', trial }) });
      if (stopping.signal.aborted) break;
    }
  } finally {
    stopping.end();
  }
  throw failure('aborted', 'it was stopped before a winner stood out', 'Call it again: the repeats that ended are kept.', signal?.reason);
}

function settlementOf([winner, ...tied]: readonly Leader[], leaders: readonly Leader[]): Settlement {
  if (winner !== undefined) return { winner, tied, isTie: tied.length > 0, leaders };
  const reasons = leaders.map(({ error }) => error).join('; ');
  throw failure('member-failed', `a repeat of each leader failed: ${reasons}`, 'See whether the objective fails with some seeds.');
}

const failure = (code: 'invalid-argument' | 'aborted' | 'member-failed', problem: string, advice: string, cause?: unknown): DownhillError =>
  new DownhillError({ code, source: 'settle', problem, advice, ...(cause === undefined ? {} : { cause }) });

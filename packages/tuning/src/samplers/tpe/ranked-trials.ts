import type { FrozenTrial, StudyView } from '@downhill/core';
import { distinctTrials } from '../../view/trials.ts';

/** What TPE learns from. */
export interface RankedTrials {
  /** From the best to the worst. */
  readonly trials: readonly FrozenTrial[];
  /** How many of them have a result. */
  readonly finished: number;
}

/** Lower is better; the first number first. */
type Rank = readonly [group: number, step: number, value: number];

const COMPLETE = 0;
const REPORTED = 1;
const SILENT = 2;
const UNKNOWN = 3;

/**
 * The trials that say something, from the best to the worst: complete ones by their value; then pruned ones by how far they came, and those that
 * came as far by the value that they had there, NaN last; then pruned ones that reported nothing. Failed and waiting trials say nothing.
 * This is Optuna's order.
 *
 * A running trial that goes on from a pruned one is where its reports put it. One that is new is not there, or, where `constantLiar`, the worst.
 */
export function rankedTrials(study: StudyView, constantLiar: boolean): RankedTrials {
  const sign = study.direction === 'minimize' ? 1 : -1;
  const ranked = distinctTrials(study).flatMap((trial) => {
    const rank = rankOf(trial, sign);
    return rank === undefined || (rank[0] === UNKNOWN && !constantLiar) ? [] : [{ trial, rank }];
  });
  ranked.sort((a, b) => compare(a.rank, b.rank) || a.trial.number - b.trial.number);
  return { trials: ranked.map(({ trial }) => trial), finished: ranked.filter(({ rank }) => rank[0] !== UNKNOWN).length };
}

function rankOf({ state, value, reports, settings, continues }: FrozenTrial, sign: number): Rank | undefined {
  if (Object.keys(settings).length === 0 || state === 'failed' || state === 'waiting') return undefined;
  if (state === 'complete') return value === undefined ? undefined : [COMPLETE, 0, sign * value];
  if (state === 'running' && continues === undefined) return [UNKNOWN, 0, 0];
  const last = reports.at(-1);
  if (last === undefined) return [SILENT, 0, 0];
  return [REPORTED, -last.step, Number.isNaN(last.value) ? Infinity : sign * last.value];
}

function compare(a: Rank, b: Rank): number {
  const place = a.findIndex((number, i) => number !== b[i]);
  return place < 0 ? 0 : (a[place] ?? 0) < (b[place] ?? 0) ? -1 : 1;
}

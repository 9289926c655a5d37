import type { FrozenTrial } from '../../study/frozen-trial.ts';
import type { StudyView } from '../../study/study-view.ts';
import { distinctTrials } from '../../study/trials.ts';
import type { Settings } from '../../space/settings.ts';

/** Trials of which TPE learns: the best ones first, in `good`, and all others in `bad`; both from the oldest to the newest. */
export interface Observations {
  readonly good: readonly Settings[];
  readonly bad: readonly Settings[];
}

/** How good a trial is: lower is better, the first number first. */
type Rank = readonly [group: number, step: number, value: number];

/**
 * What is known, from the best to the worst: complete trials by their value; then pruned ones by how far they came, and of those that came as far
 * by the value that they had there (NaN is the worst); then pruned ones that reported nothing. Failed and waiting trials are not looked
 * at. Optuna's order.
 *
 * A running trial that goes on from a pruned one counts as that did; one that is new is unknown, and worse than all others where
 * `constantLiar` says so.
 */
export function rankedTrials(study: StudyView, constantLiar: boolean): { readonly trials: readonly FrozenTrial[]; readonly finished: number } {
  const sign = study.direction === 'minimize' ? 1 : -1;
  const known = distinctTrials(study).flatMap((trial) => {
    const rank = rankOf(trial, sign);
    return rank === undefined || (rank[0] === UNKNOWN && !constantLiar) ? [] : [{ trial, rank }];
  });
  const finished = known.filter(({ rank }) => rank[0] !== UNKNOWN).length;
  return { trials: known.sort((a, b) => compare(a.rank, b.rank) || a.trial.number - b.trial.number).map(({ trial }) => trial), finished };
}

const UNKNOWN = 3;

function rankOf({ state, value, reports, settings, continues }: FrozenTrial, sign: number): Rank | undefined {
  if (Object.keys(settings).length === 0) return undefined;
  if (state === 'complete') return value === undefined ? undefined : [0, 0, sign * value];
  if (state === 'running' && continues === undefined) return [UNKNOWN, 0, 0];
  if (state !== 'pruned' && state !== 'running') return undefined;
  const last = reports.at(-1);
  if (last === undefined) return [2, 0, 0];
  return [1, -last.step, Number.isNaN(last.value) ? Infinity : sign * last.value];
}

function compare(a: Rank, b: Rank): number {
  for (let i = 0; i < a.length; i++) {
    const [x, y] = [a[i] ?? 0, b[i] ?? 0];
    if (x !== y) return x < y ? -1 : 1;
  }
  return 0;
}

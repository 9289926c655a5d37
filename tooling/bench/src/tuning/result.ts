import type { Machine } from '../report/report.ts';
import { median } from '../measure/median.ts';
import { largerByChance } from './mann-whitney.ts';
import { bestAfter } from './search.ts';
import { ALONE, OPTUNA, OPTUNA_TOGETHER, OURS, RANDOM } from './searchers.ts';

/** The trials after which the searchers are compared. */
export const BUDGETS: readonly number[] = [50, 100];

/** At this p, and below, a difference is taken to be one. */
const SIGNIFICANT = 0.01;

/** What `--json` prints. */
export interface TuningReport {
  readonly benchmark: 'tuning';
  readonly machine: Machine;
  readonly seeds: number;
  readonly rows: readonly TuningRow[];
  readonly verdicts: readonly Verdict[];
}

/** How well a problem was solved. */
export interface TuningRow {
  readonly problem: string;
  readonly searcher: string;
  readonly trials: number;
  /** Of the best value, over the seeds. */
  readonly median: number;
  readonly quartiles: readonly [low: number, high: number];
  readonly secondsPerStudy: number;
}

/** What was to be reached, and whether it was. */
export interface Verdict {
  readonly problem: string;
  readonly trials: number;
  readonly subject: string;
  readonly peer: string;
  readonly claim: 'not worse' | 'better';
  /** Of the one-sided Mann-Whitney U test: that the subject is worse, or that it is better. */
  readonly p: number;
  readonly reached: boolean;
}

/** The studies of one searcher on one problem. */
export interface Found {
  readonly problem: string;
  readonly searcher: string;
  /** By seed, the values of the trials. */
  readonly values: readonly (readonly number[])[];
  readonly secondsPerStudy: number;
}

/** Ours by default is to be not worse than Optuna in either way, each parameter alone not worse than Optuna's default; both better than random. */
const claims: readonly Pick<Verdict, 'subject' | 'peer' | 'claim'>[] = [
  { subject: OURS, peer: OPTUNA, claim: 'not worse' },
  { subject: OURS, peer: OPTUNA_TOGETHER, claim: 'not worse' },
  { subject: ALONE, peer: OPTUNA, claim: 'not worse' },
  { subject: OURS, peer: RANDOM, claim: 'better' },
  { subject: ALONE, peer: RANDOM, claim: 'better' },
];

export function rowsOf(found: readonly Found[]): readonly TuningRow[] {
  return found.flatMap(({ problem, searcher, values, secondsPerStudy }) =>
    BUDGETS.map((trials) => {
      const best = values.map((study) => bestAfter(study, trials)).sort((a, b) => a - b);
      const quartiles = [0.25, 0.75].map((share) => best[Math.round(share * (best.length - 1))] ?? Number.NaN) as [number, number];
      return { problem, searcher, trials, median: median(best), quartiles, secondsPerStudy };
    }),
  );
}

/** The claims about those that ran. */
export function verdictsOf(found: readonly Found[]): readonly Verdict[] {
  const problems = [...new Set(found.map(({ problem }) => problem))];
  const bestOf = (problem: string, searcher: string, trials: number): readonly number[] | undefined =>
    found.find((one) => one.problem === problem && one.searcher === searcher)?.values.map((study) => bestAfter(study, trials));
  return problems.flatMap((problem) =>
    BUDGETS.flatMap((trials) =>
      claims.flatMap(({ subject, peer, claim }) => {
        const [ours, theirs] = [bestOf(problem, subject, trials), bestOf(problem, peer, trials)];
        if (ours === undefined || theirs === undefined) return [];
        const p = claim === 'better' ? largerByChance(theirs, ours) : largerByChance(ours, theirs);
        return [{ problem, trials, subject, peer, claim, p, reached: claim === 'better' ? p <= SIGNIFICANT : p > SIGNIFICANT }];
      }),
    ),
  );
}

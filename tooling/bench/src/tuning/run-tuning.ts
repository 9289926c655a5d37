import { findPython, howToGet } from '../python.ts';
import { machine } from '../report/machine.ts';
import type { TuningWish } from './cli.ts';
import type { Problem } from './problem.ts';
import { BUDGETS, rowsOf, verdictsOf, type Found, type TuningReport } from './result.ts';
import { search } from './search.ts';
import { searchOptuna } from './search-optuna.ts';
import { searchers, type Searcher } from './searchers.ts';

const TRIALS = Math.max(...BUDGETS);

/** Lets all searchers search the problems, one after the other. */
export async function runTuning(wish: TuningWish, log: (line: string) => void): Promise<TuningReport> {
  const python = await findPython('optuna');
  if (python === undefined) log(howToGet('optuna'));
  const seeds = Array.from({ length: wish.seeds }, (_, index) => index + 1);
  const before = machine();
  const found: Found[] = [];
  let notes = {};
  for (const problem of wish.problems)
    for (const searcher of searchers) {
      const begun = performance.now();
      const studies = await studiesOf(problem, searcher, seeds, python);
      if (studies === undefined) continue;
      const seconds = (performance.now() - begun) / 1000;
      log(`${problem.name}, ${searcher.name}: ${seeds.length} studies in ${seconds.toFixed(1)} s`);
      found.push({ problem: problem.name, searcher: searcher.name, values: studies.values, secondsPerStudy: seconds / seeds.length });
      notes = { ...notes, ...studies.notes };
    }
  return { benchmark: 'tuning', machine: { ...before, ...notes }, seeds: wish.seeds, rows: rowsOf(found), verdicts: verdictsOf(found) };
}

/** @returns `undefined` where it takes an Optuna that is not there */
async function studiesOf(
  problem: Problem,
  searcher: Searcher,
  seeds: readonly number[],
  python: string | undefined,
): Promise<{ readonly values: Found['values']; readonly notes: object } | undefined> {
  if ('optuna' in searcher) {
    if (python === undefined) return undefined;
    const { values, version } = await searchOptuna(problem, { python, sampler: searcher.optuna, trials: TRIALS, seeds });
    return { values, notes: { optuna: version } };
  }
  const values: (readonly number[])[] = [];
  for (const seed of seeds) values.push(await search(problem, searcher.sampler, { trials: TRIALS, seed }));
  return { values, notes: {} };
}

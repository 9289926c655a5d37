import { openStudy, space, type Sampler } from '@downhill/tuning';
import type { Problem } from './problem.ts';

/** Searches a problem with a sampler of ours. @returns the values of the trials, in their order */
export async function search(problem: Problem, sampler: Sampler, { trials, seed }: SearchSize): Promise<readonly number[]> {
  const study = await openStudy({ space: space(problem.parameters), sampler, seed });
  const view = await study.optimize(({ settings }) => problem.at(settings), { trials });
  return view.trials.map(({ value }) => value ?? Number.NaN);
}

export interface SearchSize {
  readonly trials: number;
  readonly seed: number;
}

/** The best of the first trials. */
export const bestAfter = (values: readonly number[], trials: number): number => Math.min(...values.slice(0, trials));

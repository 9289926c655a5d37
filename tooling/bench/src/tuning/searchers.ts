import { random, tpe, type Sampler } from '@downhill/tuning';

/** Who searches: a sampler of ours, or Optuna's TPE with some options. */
export type Searcher = { readonly name: string } & ({ readonly sampler: Sampler } | { readonly optuna: Readonly<Record<string, unknown>> });

export const RANDOM = 'random';
export const OURS = 'tpe';
export const ALONE = 'tpe, each parameter alone';
export const OPTUNA = 'Optuna';
export const OPTUNA_TOGETHER = 'Optuna, multivariate';

/** Both ways of both libraries; the first of each is its default. */
export const searchers: readonly Searcher[] = [
  { name: RANDOM, sampler: random() },
  { name: OURS, sampler: tpe() },
  { name: ALONE, sampler: tpe({ multivariate: false }) },
  { name: OPTUNA, optuna: {} },
  { name: OPTUNA_TOGETHER, optuna: { multivariate: true, group: true } },
];

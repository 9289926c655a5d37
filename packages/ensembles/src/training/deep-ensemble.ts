import { checkNumber, complete, DownhillError, show } from '@downhill/core';
import { ensemblePlan, type EnsemblePlan } from './plan.ts';

/** Options of {@link deepEnsemble}. */
export interface DeepEnsembleOptions {
  /** How many. @defaultValue 5 (Lakshminarayanan et al. 2017, section 3.1: "M = 5"), or as many as there are `seeds` */
  readonly members?: number;
  /** What the members' seeds are drawn from. @defaultValue 0 */
  readonly seed?: number;
  /** The members' seeds themselves, in place of `seed`. */
  readonly seeds?: readonly number[];
}

/**
 * Members that differ by their seed alone: first weights, shuffles, masks. Each learns from all the data (Lakshminarayanan et al. 2017,
 * "Simple and scalable predictive uncertainty estimation using deep ensembles", arXiv:1612.01474, algorithm 1).
 *
 * @example
 * deepEnsemble({ seeds: [7, 8] }).member(1).seed; // 8
 * deepEnsemble().size; // 5
 *
 * @throws DownhillError `invalid-argument` for a number of members below 1, a seed that is no whole number or is there twice.
 */
export function deepEnsemble(options: DeepEnsembleOptions = {}): EnsemblePlan {
  const { seed, seeds, members } = complete('deepEnsemble', options, { members: options.seeds?.length ?? 5, seed: 0, seeds: undefined });
  checkNumber('deepEnsemble', { members }, { min: 1, integer: true });
  checkNumber('deepEnsemble', { seed }, { integer: true });
  if (seeds === undefined) return ensemblePlan({ name: 'deepEnsemble', config: { seed }, size: members, seed, member: () => ({}) });
  checkSeeds(seeds, members);
  const member = (index: number): { readonly seed: number } => ({ seed: seeds[index] ?? 0 });
  return ensemblePlan({ name: 'deepEnsemble', config: {}, size: members, seed, member });
}

function checkSeeds(seeds: readonly number[], members: number): void {
  const wrong = (problem: string): DownhillError =>
    new DownhillError({ code: 'invalid-argument', source: 'deepEnsemble', problem, advice: 'Pass seeds: [1, 2, 3].' });
  if (!Array.isArray(seeds) || seeds.length !== members)
    throw wrong(`\`seeds\` must hold one seed a member (${members}), got ${show(seeds)}`);
  for (const seed of seeds) checkNumber('deepEnsemble', { 'seeds[]': seed }, { integer: true });
  const twice = seeds.find((seed, i) => seeds.indexOf(seed) !== i);
  if (twice !== undefined) throw wrong(`\`seeds\` has ${twice} twice, which makes the same member twice`);
}

import { checkNumber, complete, randomStream, streamKey } from '@downhill/core';
import { ensemblePlan, type EnsemblePlan } from './plan.ts';

/** Options of {@link randomSubspaces}. */
export interface RandomSubspacesOptions {
  /** Features of the inputs: the length of their last axis. */
  readonly features: number;
  /** How many members. @defaultValue 10 (scikit-learn's `BaggingClassifier`) */
  readonly members?: number;
  /** The share of features that each member sees, in (0, 1]; at least one. @defaultValue 0.5 (Ho 1998, section 3: "half of the features") */
  readonly share?: number;
  /** What the features and the members' seeds are drawn from. @defaultValue 0 */
  readonly seed?: number;
}

/**
 * Members that see some of the features only, drawn without replacement, in ascending order (Ho 1998, "The random subspace method for
 * constructing decision forests", IEEE PAMI 20). A member predicts from the columns that it learned from: `openEnsemble` selects them.
 *
 * @example
 * randomSubspaces({ features: 8 }).member(0).features.length; // 4
 *
 * @throws DownhillError `invalid-argument` for options out of range.
 */
export function randomSubspaces(options: RandomSubspacesOptions): EnsemblePlan {
  const defaults = { features: undefined as unknown as number, members: 10, share: 0.5, seed: 0 };
  const { features, members, share, seed } = complete('randomSubspaces', options, defaults);
  checkNumber('randomSubspaces', { features, members }, { min: 1, integer: true });
  checkNumber('randomSubspaces', { share }, { above: 0, max: 1 });
  checkNumber('randomSubspaces', { seed }, { integer: true });
  const count = Math.max(1, Math.round(features * share));
  return ensemblePlan({
    name: 'randomSubspaces',
    config: { features, share, seed },
    size: members,
    seed,
    member: (index) => ({ features: drawnFeatures(seed, index, features, count) }),
  });
}

function drawnFeatures(seed: number, index: number, features: number, count: number): number[] {
  const order = randomStream(streamKey(seed, 'random subspace', index)).permutation(features);
  return Array.from(order.subarray(0, count)).sort((a, b) => a - b);
}

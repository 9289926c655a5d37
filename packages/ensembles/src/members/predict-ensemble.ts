import { combine } from '../combining/combine.ts';
import type { Combiner } from '../combining/combiner.ts';
import { mean } from '../combining/mean.ts';
import type { Outputs } from '../outputs.ts';
import type { Examples } from './examples.ts';
import type { Member } from './member.ts';
import { predictMembers, type PredictMembersOptions } from './predict-members.ts';

/** Options of {@link predictEnsemble}. */
export interface PredictEnsembleOptions extends PredictMembersOptions {
  /** How the members' outputs become one: that of a stored ensemble is `build(manifest.combiner)`. @defaultValue mean(): the soft vote */
  readonly combiner?: Combiner;
}

/**
 * What an ensemble makes of examples: {@link predictMembers}, then {@link combine}.
 *
 * @example
 * const members = [functionMember(() => tf.tensor2d([[0.25, 0.75]])), functionMember(() => tf.tensor2d([[0.75, 0.25]]))];
 * [...(await predictEnsemble(members, tf.zeros([1, 4]))).values]; // [0.5, 0.5]
 *
 * @throws DownhillError as both do.
 */
export async function predictEnsemble(
  members: readonly Member[],
  examples: Examples,
  { combiner = mean(), ...options }: PredictEnsembleOptions = {},
): Promise<Outputs> {
  return combine(await predictMembers(members, examples, options), combiner);
}

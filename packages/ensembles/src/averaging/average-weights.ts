import { checkNumber, complete, DownhillError, show } from '@downhill/core';
import type { StoredTensor } from '@downhill/training';
import { checkAlike, type Weights } from './structure.ts';

/** Options of {@link averageWeights}. */
export interface AverageWeightsOptions {
  /** How much each member counts, at least 0; only their proportions matter. @defaultValue all the same */
  readonly shares?: readonly number[];
}

/**
 * The average of several models' weights: the uniform soup of Wortsman et al. 2022, or a weighted one.
 *
 *     w = Σ sᵢ wᵢ / Σ sᵢ
 *
 * Added in float64. Whole numbers and booleans, which have no mean, are the last member's. Statistics of batch normalizations are averaged too, and fit the averaged
 * weights badly: `withWeights` re-estimates them.
 *
 * @param members Weights of one model, as `captureWeights` gives them.
 * @returns Weights that `restoreWeights` and {@link withWeights} take.
 *
 * @example
 * const weights = (w) => new Map([['model/w', { dtype: 'float32', shape: [1], values: Float32Array.of(w) }]]);
 * averageWeights([weights(1), weights(2), weights(6)]).get('model/w').values[0]; // 3
 * averageWeights([weights(1), weights(2)], { shares: [3, 1] }).get('model/w').values[0]; // 1.25
 *
 * @throws DownhillError `invalid-argument` for no members or wrong shares; `state-mismatch`, naming the first difference, for models of another structure;
 * `non-finite` for weights that are no numbers.
 */
export function averageWeights(members: readonly Weights[], options: AverageWeightsOptions = {}): Map<string, StoredTensor> {
  const { shares } = complete('averageWeights', options, { shares: undefined });
  if (!Array.isArray(members) || members.length === 0)
    throw wrong(`\`members\` must be a list of weights, got ${show(members)}`, 'captureWeights(model) gives some.');
  if (shares !== undefined) checkShares(shares, members.length);
  const sum = weightSum('averageWeights');
  for (const [i, member] of members.entries()) sum.add(member, `member ${i + 1}`, shares?.[i] ?? 1);
  return sum.mean();
}

/** Adds up weights one after the other, so that one of them at a time need be in memory. */
export interface WeightSum {
  readonly members: number;
  add(weights: Weights, which: string, share?: number): void;
  /** The mean, and what it would be with one more, which is not added. */
  mean(candidate?: Weights): Map<string, StoredTensor>;
}

/** @throws DownhillError from `add`, as {@link averageWeights} does. */
export function weightSum(source: string): WeightSum {
  let sums: Map<string, Float64Array> | undefined;
  let last: Weights = new Map();
  let total = 0;
  let members = 0;
  return {
    get members() {
      return members;
    },
    add(weights, which, share = 1) {
      checkAlike(source, sums === undefined ? weights : last, weights, which);
      sums ??= new Map([...weights].map(([name, { values }]) => [name, new Float64Array(values.length)]));
      for (const [name, { values }] of weights) {
        const sum = sums.get(name);
        if (sum !== undefined) for (let i = 0; i < sum.length; i++) sum[i] = (sum[i] ?? 0) + share * (values[i] ?? 0);
      }
      last = weights;
      total += share;
      members += 1;
    },
    mean(candidate) {
      const count = total + (candidate === undefined ? 0 : 1);
      return new Map(
        [...(candidate ?? last)].map(([name, tensor]): [string, StoredTensor] => {
          if (tensor.dtype !== 'float32') return [name, { ...tensor, values: tensor.values.slice() }];
          const [sum, more] = [sums?.get(name), candidate?.get(name)?.values];
          const values = Float32Array.from(tensor.values, (_, i) => ((sum?.[i] ?? 0) + (more?.[i] ?? 0)) / count);
          return [name, { ...tensor, values }];
        }),
      );
    },
  };
}

function checkShares(shares: unknown, members: number): void {
  if (!Array.isArray(shares) || shares.length !== members)
    throw wrong(`\`shares\` must be a list of ${members} numbers, one a member, got ${show(shares)}`, 'Leave it out for equal shares.');
  shares.forEach((share: unknown, i) => checkNumber('averageWeights', { [`shares[${i}]`]: share }, { min: 0 }));
  if (shares.every((share) => share === 0)) throw wrong('`shares` are all 0', 'At least one member must count.');
}

const wrong = (problem: string, advice: string): DownhillError =>
  new DownhillError({ code: 'invalid-argument', source: 'averageWeights', problem, advice });

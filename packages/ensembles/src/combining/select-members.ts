import { checkNumber, checkOneOf, complete } from '@downhill/core';
import { checkedMembers, type OutputKind } from '../checks/check-members.ts';
import { rowOf } from '../checks/rows.ts';
import type { Outputs } from '../outputs.ts';
import type { Combiner } from './combiner.ts';
import { checkedLoss, lossOfRow, type CombinationLoss } from './losses.ts';
import { KINDS } from './mean.ts';
import { checkedTargetRows, type Targets } from './targets.ts';
import { weighted } from './weighted.ts';

/** Options of {@link selectMembers}. */
export interface SelectMembersOptions {
  /** What the members put out. @defaultValue 'probabilities' */
  of?: OutputKind;
  /** What to be good at. `error`: the share of wrong classes. @defaultValue 'crossEntropy' of probabilities, 'squaredError' of values */
  loss?: CombinationLoss;
  /** How many times a member is added, at least 1. @defaultValue 50 (auto-sklearn's `ensemble_size`) */
  rounds?: number;
  /** Start with this many of the best members (section 2.2 of the paper); at most as many as there are. @defaultValue 0 */
  sortedInitialization?: number;
}

/** What {@link selectMembers} did. */
export interface Selection {
  /** The mean of the members chosen up to the best round: {@link weighted}. */
  readonly combiner: Combiner;
  /** Each member's own loss. */
  readonly individual: readonly number[];
  /** The members that were there before the first round, best first. */
  readonly initial: readonly number[];
  /** Which member each round added, and the loss of the mean with it. */
  readonly trace: readonly { readonly chosen: number; readonly loss: number }[];
  /** The first of the rounds with the lowest loss, from 0 on. */
  readonly bestRound: number;
  /** How many times each member was taken, over all rounds. */
  readonly counts: readonly number[];
}

/** Losses that differ by less are equal: rounding decides nothing. */
const TIE = 1e-12;

/**
 * Ensemble selection: in each round the member is added, with replacement, that makes the mean prediction best on validation data; of
 * equally good ones the first. The mean as it stood after the best round is kept.
 *
 * Caruana et al. 2004, "Ensemble selection from libraries of models", sections 2 to 2.2. Members that are never chosen have weight 0.
 *
 * @param targets Class numbers of the validation examples, or the right values as outputs.
 *
 * @example
 * const members = [outputsFrom([[9]]), outputsFrom([[1]]), outputsFrom([[2]])];
 * const { trace } = selectMembers(members, outputsFrom([[1.5]]), { of: 'values', rounds: 2 });
 * trace.map(({ chosen }) => chosen); // [1, 2]
 *
 * @throws DownhillError as `combine`; `shape-mismatch` and `data-invalid` where the targets do not fit, `invalid-argument` for bad options.
 */
export function selectMembers(members: readonly Outputs[], targets: Targets, options: SelectMembersOptions = {}): Selection {
  const defaults = { of: 'probabilities', loss: undefined, rounds: 50, sortedInitialization: 0 } as const;
  const { of, loss, rounds, sortedInitialization } = complete('selectMembers', options, defaults);
  checkOneOf('selectMembers', 'of', of, KINDS);
  const lossName = checkedLoss('selectMembers', loss, of, ['crossEntropy', 'error', 'squaredError']);
  checkNumber('selectMembers', { rounds }, { min: 1, integer: true });
  const checked = checkedMembers('selectMembers', members, of);
  checkNumber('selectMembers', { sortedInitialization }, { min: 0, max: members.length, integer: true });
  const target = checkedTargetRows('selectMembers', targets, of, checked[0]?.shape ?? [0, 0]);

  const sum = new Float64Array(target.values.length);
  const lossWith = judge(sum, target, lossName);
  const individual = checked.map((member) => lossWith(member, 1));
  const initial = byLoss(individual).slice(0, sortedInitialization);
  const taken: number[] = [];
  const take = (m: number): void => {
    taken.push(m);
    checked[m]?.values.forEach((value, i) => (sum[i] = (sum[i] ?? 0) + value));
  };
  initial.forEach(take);
  const trace = Array.from({ length: rounds }, () => {
    const losses = checked.map((member) => lossWith(member, taken.length + 1));
    const chosen = firstLowest(losses);
    take(chosen);
    return { chosen, loss: losses[chosen] ?? 0 };
  });
  const bestRound = firstLowest(trace.map((round) => round.loss));
  const countsOf = (list: readonly number[]): number[] => checked.map((_, m) => list.filter((one) => one === m).length);
  return {
    combiner: weighted(countsOf(taken.slice(0, initial.length + bestRound + 1)), { of }),
    individual,
    initial,
    trace,
    bestRound,
    counts: countsOf(taken),
  };
}

/** The mean loss of (sum + member) / count. */
function judge(sum: Float64Array, target: Outputs, name: CombinationLoss): (member: Outputs, count: number) => number {
  const [examples, width] = target.shape;
  const row = new Float64Array(width);
  return ({ values }, count) => {
    let total = 0;
    for (let i = 0; i < examples; i++) {
      for (let k = 0; k < width; k++) row[k] = ((sum[i * width + k] ?? 0) + (values[i * width + k] ?? 0)) / count;
      total += lossOfRow[name](row, rowOf(target, i));
    }
    return total / examples;
  };
}

function firstLowest(losses: readonly number[]): number {
  const least = losses.reduce((a, b) => Math.min(a, b), Infinity);
  return losses.findIndex((loss) => loss <= least + TIE);
}

const byLoss = (losses: readonly number[]): readonly number[] =>
  losses.map((_, m) => m).toSorted((a, b) => (losses[a] ?? 0) - (losses[b] ?? 0) || a - b);

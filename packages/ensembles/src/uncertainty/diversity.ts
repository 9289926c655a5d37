import { DownhillError } from '@downhill/core';
import { checkLabels, type Labels } from '../checks/check-labels.ts';
import { checkedMembers } from '../checks/check-members.ts';
import { largestOf, meanOf, rowsOf } from '../checks/rows.ts';
import { logOf } from '../fitting/softmax.ts';
import type { Outputs } from '../outputs.ts';
import { pairMeasures, pairShares, type PairMeasure } from './pair-measures.ts';

/** A measure between members. */
export interface Pairwise {
  /** Over the pairs of different members where it is defined; null where it is for none. */
  readonly mean: number | null;
  /** `between[a][b]`, the same as `between[b][a]`; null where it is 0/0, and for a member with itself. */
  readonly between: readonly (readonly (number | null)[])[];
}

/** How different the members of an ensemble are, see {@link diversity}. */
export interface Diversity {
  /** The share of examples where one is right and the other wrong, in [0, 1]; more is more diverse. */
  readonly disagreement: Pairwise;
  /** Yule's Q, in [-1, 1]: 0 for independent members, below where they err on different examples. */
  readonly qStatistic: Pairwise;
  /** Of being right, in [-1, 1]. */
  readonly correlation: Pairwise;
  /** The share of examples where both are wrong, in [0, 1]; less is more diverse. */
  readonly doubleFault: Pairwise;
  /** Cohen's κ of being right, in [-1, 1]: agreement beyond chance; less is more diverse. */
  readonly kappa: Pairwise;
  /** ½ (KL(pₐ‖p_b) + KL(p_b‖pₐ)), in nats, mean over the examples; a probability of 0 counts as 2⁻¹⁴⁹. Needs no labels; more is more diverse. */
  readonly klDivergence: Pairwise;
  /** κ among all members at once; null where all are right or all wrong everywhere. */
  readonly interraterKappa: number | null;
}

/**
 * How different the members of an ensemble are: whether they are wrong about different examples, which is what combining lives on.
 *
 *     κ = 1 − mean disagreement / (2 p̄ (1 − p̄))    (interraterKappa; p̄: the members' mean accuracy)
 *
 * Kuncheva & Whitaker 2003, "Measures of diversity in classifier ensembles", section 3: the disagreement, Q, correlation and double-fault of
 * pairs, and the interrater agreement κ; κ of pairs: Cohen 1960, as in Margineantu & Dietterich 1997.
 *
 * @example
 * const members = [outputsFrom([[1, 0], [1, 0]]), outputsFrom([[1, 0], [0, 1]])];
 * diversity(members, [0, 0]).disagreement.mean; // 0.5
 *
 * @throws DownhillError as `combine`; `invalid-argument` for fewer than two members, `shape-mismatch` and `data-invalid` where the labels do
 * not fit.
 */
export function diversity(members: readonly Outputs[], labels: Labels): Diversity {
  const checked = checkedMembers('diversity', members, 'probabilities');
  if (checked.length < 2)
    throw new DownhillError({
      code: 'invalid-argument',
      source: 'diversity',
      problem: '`members` must be at least two, got 1',
      advice: 'Diversity is a matter between members.',
    });
  checkLabels('diversity', labels, checked[0]?.shape ?? [0, 0]);
  const right = checked.map((member) => rowsOf(member).map((row, i) => largestOf(row) === labels[i]));
  const shares = right.map((a) => right.map((b) => pairShares(a, b)));
  const of = (measure: PairMeasure): Pairwise =>
    pairwise(checked.length, (a, b) => {
      const pair = shares[a]?.[b];
      return pair === undefined ? null : measure(pair);
    });
  const apart = of(pairMeasures.disagreement);
  const accuracy = meanOf(right.map((member) => member.filter(Boolean).length / member.length));
  const chance = 2 * accuracy * (1 - accuracy);
  return {
    disagreement: apart,
    qStatistic: of(pairMeasures.qStatistic),
    correlation: of(pairMeasures.correlation),
    doubleFault: of(pairMeasures.doubleFault),
    kappa: of(pairMeasures.kappa),
    klDivergence: klDivergence(checked),
    interraterKappa: chance === 0 ? null : 1 - (apart.mean ?? 0) / chance,
  };
}

function pairwise(members: number, measure: (a: number, b: number) => number | null): Pairwise {
  const all = Array.from({ length: members }, (_, m) => m);
  const between = all.map((a) => all.map((b) => (a === b ? null : measure(Math.min(a, b), Math.max(a, b)))));
  const defined = between.flat().filter((value) => value !== null);
  return { mean: defined.length === 0 ? null : meanOf(defined), between };
}

function klDivergence(members: readonly Outputs[]): Pairwise {
  const logs = members.map(({ values }) => Float64Array.from(values, logOf));
  return pairwise(members.length, (a, b) => {
    const [p, q, logP, logQ] = [members[a]?.values ?? [], members[b]?.values ?? [], logs[a] ?? [], logs[b] ?? []];
    let sum = 0;
    for (let i = 0; i < p.length; i++) sum += 0.5 * ((p[i] ?? 0) - (q[i] ?? 0)) * ((logP[i] ?? 0) - (logQ[i] ?? 0));
    return sum / (members[a]?.shape[0] ?? 1);
  });
}

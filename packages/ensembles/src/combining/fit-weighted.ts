import { checkOneOf, complete } from '@downhill/core';
import { log } from '@downhill/core/math';
import { checkedMembers, type OutputKind } from '../checks/check-members.ts';
import { largestOf, rowOf } from '../checks/rows.ts';
import { minimizeOnSimplex, type Curved } from '../fitting/minimize-on-simplex.ts';
import type { Outputs } from '../outputs.ts';
import type { Combiner } from './combiner.ts';
import { checkedLoss, LEAST_PROBABILITY } from './losses.ts';
import { KINDS } from './mean.ts';
import { checkedTargetRows, type Targets } from './targets.ts';
import { weighted } from './weighted.ts';

/** Options of {@link fitWeighted}. */
export interface FitWeightedOptions {
  /** What the members put out. @defaultValue 'probabilities' */
  of?: OutputKind;
  /** What to minimize. @defaultValue 'crossEntropy' of probabilities, 'squaredError' of values */
  loss?: 'crossEntropy' | 'squaredError';
}

/**
 * Finds the weights of {@link weighted} that are best on validation data: at least 0, of sum 1.
 *
 *     minimize  mean −log Σ wₘ pₘ[y]    or    mean (Σ wₘ pₘ − target)²
 *
 * Both are convex in the weights, so there is one best value, and a Newton method with an active set finds it to a slope of 1e-10: of
 * members that bring nothing the weights end at exactly 0. For values this is the stacked regression of Breiman 1996, with weights that
 * sum to 1.
 *
 * @param targets Class numbers of the validation examples, or the right values as outputs.
 *
 * @example
 * const members = [outputsFrom([[1], [5]]), outputsFrom([[3], [3]])];
 * const fitted = fitWeighted(members, outputsFrom([[1.5], [4.5]]), { of: 'values' });
 * combine(members, fitted).values[0].toFixed(6); // '1.500000'
 *
 * @throws DownhillError as `combine`; `shape-mismatch` and `data-invalid` where the targets do not fit, `invalid-argument` for a loss that the
 * kind does not have.
 */
export function fitWeighted(members: readonly Outputs[], targets: Targets, options: FitWeightedOptions = {}): Combiner {
  const { of, loss } = complete('fitWeighted', options, { of: 'probabilities', loss: undefined });
  checkOneOf('fitWeighted', 'of', of, KINDS);
  const chosen = checkedLoss('fitWeighted', loss, of, ['crossEntropy', 'squaredError']);
  const checked = checkedMembers('fitWeighted', members, of);
  const rows = checkedTargetRows('fitWeighted', targets, of, checked[0]?.shape ?? [0, 0]);
  const objective = chosen === 'crossEntropy' ? mixtureLikelihood(checked, rows) : leastSquares(checked, rows);
  return weighted(minimizeOnSimplex(objective, members.length), { of });
}

type Objective = (shares: readonly number[]) => Curved;

const square = (n: number): Float64Array[] => Array.from({ length: n }, () => new Float64Array(n));

/** With q = Σ wₘ pₘ[y]: gradient −mean pₘ/q, Hessian mean pₘ pₙ/q². */
function mixtureLikelihood(members: readonly Outputs[], targets: Outputs): Objective {
  const [examples] = targets.shape;
  const right = Array.from({ length: examples }, (_, i) => {
    const label = largestOf(rowOf(targets, i));
    return Float64Array.from(members, (member) => Math.max(rowOf(member, i)[label] ?? 0, LEAST_PROBABILITY));
  });
  return (shares) => {
    const gradient = new Float64Array(members.length);
    const hessian = square(members.length);
    let value = 0;
    for (const p of right) {
      const q = p.reduce((sum, pm, m) => sum + pm * (shares[m] ?? 0), 0);
      value -= log(q) / examples;
      p.forEach((pm, m) => (gradient[m] = (gradient[m] ?? 0) - pm / q / examples));
      addProducts(hessian, p, 1 / (q * q * examples));
    }
    return { value, gradient: [...gradient], hessian };
  };
}

/** With the errors eₘ = pₘ − target, and weights of sum 1: ½ wᵀ E w, where Eₘₙ = 2 mean eₘ eₙ. */
function leastSquares(members: readonly Outputs[], targets: Outputs): Objective {
  const hessian = square(members.length);
  targets.values.forEach((target, i) => {
    const errors = Float64Array.from(members, ({ values }) => (values[i] ?? 0) - target);
    addProducts(hessian, errors, 2 / targets.values.length);
  });
  return (shares) => {
    const gradient = hessian.map((row) => row.reduce((sum, value, m) => sum + value * (shares[m] ?? 0), 0));
    return { value: 0.5 * gradient.reduce((sum, slope, m) => sum + slope * (shares[m] ?? 0), 0), gradient, hessian };
  };
}

/** hessian ← hessian + factor · v vᵀ */
function addProducts(hessian: readonly Float64Array[], v: Float64Array, factor: number): void {
  hessian.forEach((row, m) => v.forEach((value, n) => (row[n] = (row[n] ?? 0) + factor * (v[m] ?? 0) * value)));
}

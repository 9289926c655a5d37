import { checkOneOf, complete } from '@downhill/core';
import { log } from '@downhill/core/math';
import { checkedMembers, type OutputKind } from '../checks/check-members.ts';
import { largestOf, rowOf } from '../checks/rows.ts';
import { minimizeOnSimplex, type Convex } from '../fitting/minimize-on-simplex.ts';
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

const square = (n: number): Float64Array[] => Array.from({ length: n }, () => new Float64Array(n));
const dot = (a: ArrayLike<number>, b: ArrayLike<number>): number => {
  let sum = 0;
  for (let m = 0; m < a.length; m++) sum += (a[m] ?? 0) * (b[m] ?? 0);
  return sum;
};

/** With q = Σ wₘ pₘ[y]: gradient −mean pₘ/q, second derivatives mean pₘ pₙ/q². */
function mixtureLikelihood(members: readonly Outputs[], targets: Outputs): Convex {
  const [examples] = targets.shape;
  const right = Array.from({ length: examples }, (_, i) => {
    const label = largestOf(rowOf(targets, i));
    return Float64Array.from(members, (member) => Math.max(rowOf(member, i)[label] ?? 0, LEAST_PROBABILITY));
  });
  return {
    at(shares) {
      const gradient = new Float64Array(members.length);
      let value = 0;
      for (const p of right) {
        const q = dot(p, shares);
        value -= log(q) / examples;
        p.forEach((pm, m) => (gradient[m] = (gradient[m] ?? 0) - pm / q / examples));
      }
      return { value, gradient: [...gradient] };
    },
    curvature(shares, free) {
      const hessian = square(free.length);
      for (const p of right)
        addProducts(
          hessian,
          Float64Array.from(free, (m) => (p[m] ?? 0) / dot(p, shares)),
          1 / examples,
        );
      return hessian;
    },
  };
}

/** With the errors eₘ = pₘ − target, and weights of sum 1: ½ wᵀ E w, where Eₘₙ = 2 mean eₘ eₙ. */
function leastSquares(members: readonly Outputs[], targets: Outputs): Convex {
  const products = square(members.length);
  targets.values.forEach((target, i) => {
    const errors = Float64Array.from(members, ({ values }) => (values[i] ?? 0) - target);
    addProducts(products, errors, 2 / targets.values.length);
  });
  return {
    at(shares) {
      const gradient = products.map((row) => dot(row, shares));
      return { value: 0.5 * dot(gradient, shares), gradient };
    },
    curvature: (_, free) => free.map((m) => Float64Array.from(free, (n) => products[m]?.[n] ?? 0)),
  };
}

/** matrix ← matrix + factor · v vᵀ */
function addProducts(matrix: readonly Float64Array[], v: Float64Array, factor: number): void {
  matrix.forEach((row, m) => v.forEach((value, n) => (row[n] = (row[n] ?? 0) + factor * (v[m] ?? 0) * value)));
}

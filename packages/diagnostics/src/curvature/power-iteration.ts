import { checkNumber, complete } from '@downhill/core';
import { checkLossOfWeights, type LossOfWeights } from '../differentiation/loss-of-weights.ts';
import { sizeOf } from '../differentiation/moved-weights.ts';
import { dot, norm, scaled } from '../differentiation/vectors.ts';
import { withPositiveLargest } from './hessian-eigenvalues.ts';
import { checkVector, hessianOf } from './hessian-vector-product.ts';
import { normalDirection } from './random-direction.ts';

/** Options of {@link powerIteration}. */
export interface PowerIterationOptions {
  /** The most Hessian-vector products. @defaultValue 100, as in PyHessian */
  readonly iterations?: number;
  /** Where the relative change of the eigenvalue ends it; 0 never does. @defaultValue 1e-3, as in PyHessian */
  readonly tolerance?: number;
  /** Where to begin, one number a weight. @defaultValue standard normal numbers of the seed */
  readonly start?: ArrayLike<number>;
  /** @defaultValue 0 */
  readonly seed?: number;
}

export interface PowerIteration {
  /** The last Rayleigh quotient. */
  readonly eigenvalue: number;
  /** The last direction, of length 1; its largest entry is positive. */
  readonly eigenvector: Float64Array;
  /** qᵀ H q of each iteration, before the step. */
  readonly rayleigh: readonly number[];
}

/**
 * The Hessian's eigenvalue of the largest magnitude, by power iteration: qᵢ₊₁ = H qᵢ / ‖H qᵢ‖. {@link hessianEigenvalues} needs fewer products and tells
 * the ends apart; this one holds two vectors only.
 *
 * Cost: about 4 gradients a product.
 *
 * @example
 * const w = tf.variable(tf.tensor1d([1, 2]));
 * const of = { kind: 'loss of weights', weights: [{ key: 'w', variable: w }], loss: () => tf.tidy(() => tf.sum(tf.square(w))) };
 * const { eigenvalue } = await powerIteration(of);
 * Math.round(eigenvalue); // 2
 *
 * @throws DownhillError `invalid-argument`, `shape-mismatch`, `non-finite` as {@link hessianVectorProduct}.
 */
export async function powerIteration(of: LossOfWeights, options: PowerIterationOptions = {}): Promise<PowerIteration> {
  const source = 'powerIteration';
  checkLossOfWeights(source, of);
  const { iterations, tolerance, start, seed } = complete(source, options, {
    iterations: 100,
    tolerance: 1e-3,
    start: undefined,
    seed: 0,
  });
  checkNumber(source, { iterations }, { min: 1, integer: true });
  checkNumber(source, { tolerance }, { min: 0 });
  checkNumber(source, { seed }, { integer: true });
  const first = start === undefined ? normalDirection(sizeOf(of), seed) : checkVector(source, of, start);
  const hessian = hessianOf(of);
  const rayleigh: number[] = [];
  let q = scaled(first, 1 / norm(first));
  for (;;) {
    const { product } = await hessian(q);
    const [before, now] = [rayleigh.at(-1), dot(q, product)];
    rayleigh.push(now);
    const settled = before !== undefined && Math.abs(now - before) < tolerance * Math.abs(now);
    const length = norm(product);
    if (settled || rayleigh.length >= iterations || length === 0) return { eigenvalue: now, eigenvector: withPositiveLargest(q), rayleigh };
    q = scaled(product, 1 / length);
  }
}

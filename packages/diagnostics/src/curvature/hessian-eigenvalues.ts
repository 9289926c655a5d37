import { checkNumber, complete } from '@downhill/core';
import { checkLossOfWeights, type LossOfWeights } from '../differentiation/loss-of-weights.ts';
import { sizeOf } from '../differentiation/moved-weights.ts';
import { hessianOf } from './hessian-vector-product.ts';
import { lanczos } from './lanczos.ts';
import { normalDirection } from './random-direction.ts';

/** Options of {@link hessianEigenvalues}; iterations and tolerance as in PyHessian (Yao et al. 2020, `eigenvalues(maxIter=100, tol=1e-3)`). */
export interface HessianEigenvaluesOptions {
  /** How many of the largest eigenvalues. @defaultValue 1 */
  readonly largest?: number;
  /** How many of the smallest, which are negative at a saddle. @defaultValue 0 */
  readonly smallest?: number;
  /** The most Hessian-vector products. @defaultValue 100 */
  readonly iterations?: number;
  /** Where an eigenvalue's bound, relative to the largest magnitude, ends the search. Below about 1e-5 it is rounding. @defaultValue 1e-3 */
  readonly tolerance?: number;
  /** Of the start vector. @defaultValue 0 */
  readonly seed?: number;
}

/** An eigenvalue of the Hessian with its direction. */
export interface HessianEigenvalue {
  readonly eigenvalue: number;
  /** Of length 1; its largest entry is positive. */
  readonly eigenvector: Float64Array;
  /** Bound on the distance to an eigenvalue, relative to the largest magnitude, without what differences in float32 leave (some 1e-5). */
  readonly residual: number;
}

export interface HessianEigenvalues {
  /** Largest first. */
  readonly largest: readonly HessianEigenvalue[];
  /** Smallest first. */
  readonly smallest: readonly HessianEigenvalue[];
  /** Hessian-vector products that it took. */
  readonly products: number;
}

/**
 * The ends of the Hessian's spectrum by Lanczos' method on {@link hessianVectorProduct}: how sharp the valley is. Gradient descent is stable
 * for learning rates below 2 / λ₁.
 *
 * Cost: about 4 gradients a product, some 10 to 30 products for one eigenvalue; memory 8 bytes a weight and product.
 *
 * @example
 * const w = tf.variable(tf.tensor1d([1, 2]));
 * const of = { kind: 'loss of weights', weights: [{ key: 'w', variable: w }], loss: () => tf.tidy(() => tf.sum(tf.square(w))) };
 * const { largest } = await hessianEigenvalues(of, { largest: 1 });
 * Math.round(largest[0].eigenvalue); // 2
 *
 * @throws DownhillError `invalid-argument` for options out of range, `non-finite` where a gradient is.
 */
export async function hessianEigenvalues(of: LossOfWeights, options: HessianEigenvaluesOptions = {}): Promise<HessianEigenvalues> {
  const source = 'hessianEigenvalues';
  checkLossOfWeights(source, of);
  const size = sizeOf(of);
  const { largest, smallest, iterations, tolerance, seed } = complete(source, options, {
    largest: 1,
    smallest: 0,
    iterations: 100,
    tolerance: 1e-3,
    seed: 0,
  });
  checkNumber(source, { largest, smallest }, { min: 0, max: size, integer: true });
  checkNumber(source, { iterations }, { min: Math.max(1, largest, smallest), integer: true });
  checkNumber(source, { tolerance }, { min: 0 });
  checkNumber(source, { seed }, { integer: true });
  const hessian = hessianOf(of);
  let products = 0;
  const found = await lanczos(
    async (vector) => {
      products++;
      return (await hessian(vector)).product;
    },
    { start: normalDirection(size, seed), wanted: { largest, smallest }, iterations, tolerance },
  );
  const count = found.eigenvalues.length;
  const at = (index: number): HessianEigenvalue => ({
    eigenvalue: found.eigenvalues[index] ?? Number.NaN,
    eigenvector: withPositiveLargest(found.vectorAt(index)),
    residual: found.residuals[index] ?? Number.NaN,
  });
  return {
    largest: Array.from({ length: Math.min(largest, count) }, (_, i) => at(count - 1 - i)),
    smallest: Array.from({ length: Math.min(smallest, count) }, (_, i) => at(i)),
    products,
  };
}

/** An eigenvector's sign is free: the one in which its largest entry is positive. */
export function withPositiveLargest(vector: Float64Array): Float64Array {
  const largest = vector.reduce((most, value) => (Math.abs(value) > Math.abs(most) ? value : most), 0);
  return largest < 0 ? vector.map((value) => -value) : vector;
}

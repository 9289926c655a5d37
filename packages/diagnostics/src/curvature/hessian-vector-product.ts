import { DownhillError } from '@downhill/core';
import { gradientsOf, readGradients } from '../differentiation/gradients.ts';
import { checkLossOfWeights, type LossOfWeights } from '../differentiation/loss-of-weights.ts';
import { sizeOf, withMovedWeights } from '../differentiation/moved-weights.ts';
import { norm } from '../differentiation/vectors.ts';

/** What {@link hessianVectorProduct} gives. */
export interface HessianVectorProduct {
  /** H v, one number a weight, in the order of the weights. */
  readonly product: Float64Array;
  /** The inner step h that was taken, as a length in weight space. */
  readonly step: number;
  /** ‖D(h) − D(2h)‖ / ‖D(h)‖: how far the differences of the two steps are from one another. About 1 where H v is nothing but rounding. */
  readonly disagreement: number;
}

/** Steps relative to the norm of the weights: float32 rounding takes over below about 0.005, the third order above about 0.05. */
const FIRST_STEP = 0.02;
const LEAST_STEP = FIRST_STEP / 64;
/** Where the two steps agree to this, what the extrapolation leaves is some 1e-5, the rounding of float32 gradients. */
const AGREEMENT = 2e-3;

/**
 * The Hessian of a loss times a vector, by differences of gradients: tfjs cannot take gradients of the gradients of tanh, sigmoid, exp or softmax.
 *
 *     D(h) = (∇L(w + h v/‖v‖) − ∇L(w − h v/‖v‖)) / 2h        H v ≈ ‖v‖ (4 D(h) − D(2h)) / 3
 *
 * Richardson's extrapolation of central differences: the error is of the order h⁴ + ε/h. h starts at 0.02 ‖w‖ and is halved as long as D(h) and
 * D(2h) are more than 0.2 % apart and this makes them agree better. For smooth losses the result is within some 1e-5 of the largest curvature; across
 * the kinks of a ReLU it is the mean curvature over ±2h. The weights are moved and put back, bit for bit.
 *
 * Cost: 4 gradients (forward and backward), and 2 more for each halving.
 *
 * @param vector One number a weight, in the order of `of.weights`.
 *
 * @example
 * const w = tf.variable(tf.tensor1d([1, 2]));
 * const of = { kind: 'loss of weights', weights: [{ key: 'w', variable: w }], loss: () => tf.tidy(() => tf.sum(tf.square(w))) };
 * const { product } = await hessianVectorProduct(of, [1, 0]);
 * product.map(Math.round); // Float64Array.of(2, 0)
 *
 * @throws DownhillError `shape-mismatch` where the vector has another length, `invalid-argument` where it is zero or not finite, `non-finite` where a gradient is.
 */
export async function hessianVectorProduct(of: LossOfWeights, vector: ArrayLike<number>): Promise<HessianVectorProduct> {
  checkLossOfWeights('hessianVectorProduct', of);
  return hessianOf(of)(checkVector('hessianVectorProduct', of, vector));
}

/** {@link hessianVectorProduct} for many vectors: each begins with the step that was right for the one before. */
export function hessianOf(of: LossOfWeights): (vector: Float64Array) => Promise<HessianVectorProduct> {
  let relativeStep = FIRST_STEP;
  return async (vector) => {
    const weights = await weightNorm(of);
    const length = norm(vector);
    const unit = vector.map((value) => value / length);
    let step = relativeStep * weights;
    let outer = await difference(of, unit, 2 * step);
    let best = extrapolated(await difference(of, unit, step), outer, step, length);
    while (best.disagreement > AGREEMENT && step > LEAST_STEP * weights) {
      const half = step / 2;
      outer = best.inner;
      const finer = extrapolated(await difference(of, unit, half), outer, half, length);
      if (finer.disagreement > best.disagreement / 2) break; // rounding: the third order would fall to a quarter
      [best, step] = [finer, half];
    }
    relativeStep = step / weights;
    const { product, disagreement } = best;
    return { product, step, disagreement };
  };
}

/** D(h) along a unit vector. */
async function difference(of: LossOfWeights, unit: Float64Array, step: number): Promise<Float64Array> {
  const at = (distance: number): Promise<Float64Array> =>
    readGradients(withMovedWeights(of, unit, distance, () => gradientsOf(of))).then(({ gradient }) => gradient);
  const [ahead, behind] = [await at(step), await at(-step)];
  const slope = ahead.map((value, i) => (value - (behind[i] ?? 0)) / (2 * step));
  if (slope.every(Number.isFinite)) return slope;
  throw new DownhillError({
    code: 'non-finite',
    source: 'hessianVectorProduct',
    problem: 'a gradient near the weights is NaN or infinite',
    advice: 'Look at the loss and its gradients first: checkGradients names the weight.',
  });
}

function extrapolated(
  inner: Float64Array,
  outer: Float64Array,
  step: number,
  length: number,
): HessianVectorProduct & { readonly inner: Float64Array } {
  const apart = norm(inner.map((value, i) => value - (outer[i] ?? 0)));
  return {
    inner,
    product: inner.map((value, i) => (length * (4 * value - (outer[i] ?? 0))) / 3),
    step,
    disagreement: apart === 0 ? 0 : apart / norm(inner),
  };
}

/** ‖w‖; weights that are all but zero count as 0.01 each, so that there is a step at all. */
async function weightNorm(of: LossOfWeights): Promise<number> {
  const parts = await Promise.all(of.weights.map(({ variable }) => variable.data()));
  return Math.max(Math.sqrt(parts.reduce((sum, part) => sum + norm(Float64Array.from(part)) ** 2, 0)), 0.01 * Math.sqrt(sizeOf(of)));
}

/** A direction as float64. @throws DownhillError `shape-mismatch`, `invalid-argument` */
export function checkVector(source: string, of: LossOfWeights, vector: ArrayLike<number>): Float64Array {
  const size = sizeOf(of);
  if (vector.length !== size)
    throw new DownhillError({
      code: 'shape-mismatch',
      source,
      problem: `\`vector\` must have one number per weight (${size}), got ${vector.length}`,
    });
  const values = Float64Array.from(vector);
  const length = norm(values);
  if (length > 0 && Number.isFinite(length)) return values;
  throw new DownhillError({
    code: 'invalid-argument',
    source,
    problem: `\`vector\` must be finite and not zero, its norm is ${length}`,
  });
}

import { cholesky, inverseOf } from './cholesky.ts';
import { maxAbs } from './vectors.ts';

/** The least damping that is tried, relative to the largest element: β of Nocedal & Wright 2006, algorithm 3.3. */
const LEAST_DAMPING = 1e-3;

/** Curvature below this, relative to the largest element, is what rounding leaves of differences of float32 gradients. */
const ROUNDING = 1e-6;

/** Weights that the slope does not depend on, such as those of dead units, get the largest curvature: they need no damping of all others. */
function withoutEmptyRows(hessian: Float64Array, size: number): Float64Array {
  const filled = hessian.slice();
  const length = Math.sqrt(hessian.length);
  for (let i = 0; i < length; i++)
    if (hessian.subarray(i * length, (i + 1) * length).every((value) => value === 0)) filled[i * length + i] = size;
  return filled;
}

/**
 * (H + τ I)⁻¹ with the first τ of 0, β, 2β, 4β ... for which the matrix is positive definite: a direction by it leads downhill where H itself does not.
 *
 * Levenberg 1944, Marquardt 1963; the search of τ is Nocedal & Wright 2006, algorithm 3.3. O(N³).
 */
export function dampedInverse(hessian: Float64Array): Float64Array | undefined {
  const size = maxAbs(hessian);
  if (!(size > 0)) return undefined;
  const full = withoutEmptyRows(hessian, size);
  for (let damping = 0; Number.isFinite(damping); damping = Math.max(2 * damping, LEAST_DAMPING * size)) {
    const lower = cholesky(full, damping, ROUNDING * size);
    if (lower !== undefined) return inverseOf(lower);
  }
  return undefined;
}

import { isFinitePoint, type Look, type Point } from './point.ts';

/** 2⁻¹⁰, a little above the root of float32's ε, where rounding and the third order are about equal. */
const RELATIVE_STEP = 2 ** -10;

/**
 * The exact Hessian but for rounding, row by row, by forward differences of gradients: one look for each weight. Undefined where one of them is NaN or
 * infinite.
 *
 *     H eᵢ ≈ (∇L(w + h eᵢ) − ∇L(w)) / h        h = 2⁻¹⁰ max(1, |wᵢ|)
 *
 * Nocedal & Wright 2006, equation 8.20, made symmetric. tfjs cannot take gradients of the gradients of tanh, exp or softmax.
 */
export function hessianAt(look: Look, { x, gradient }: Point): Float64Array | undefined {
  const size = x.length;
  const rows = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    const moved = x.slice();
    moved[i] = (x[i] ?? 0) + RELATIVE_STEP * Math.max(1, Math.abs(x[i] ?? 0));
    const there = look(moved);
    if (!isFinitePoint(there)) return undefined;
    const step = (there.x[i] ?? 0) - (x[i] ?? 0);
    for (let j = 0; j < size; j++) {
      const half = ((there.gradient[j] ?? 0) - (gradient[j] ?? 0)) / step / 2;
      rows[i * size + j] = (rows[i * size + j] ?? 0) + half;
      rows[j * size + i] = (rows[j * size + i] ?? 0) + half;
    }
  }
  return rows;
}

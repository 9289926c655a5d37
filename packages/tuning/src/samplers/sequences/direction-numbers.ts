import { JOE_KUO } from './joe-kuo.ts';

/** Up to how many dimensions there are direction numbers for: those of the table, and the first. */
export const SOBOL_DIMENSIONS: number = 128;

/**
 * The 32 direction numbers of a dimension, the highest bit of each being ½.
 *
 *     vₖ = vₖ₋ₛ ⊕ ⌊vₖ₋ₛ / 2ˢ⌋ ⊕ a₁ vₖ₋₁ ⊕ ... ⊕ aₛ₋₁ vₖ₋ₛ₊₁,   vₖ = 2³¹⁻ᵏ mₖ for k < s
 *
 * a are the coefficients of a primitive polynomial of degree s. Bratley & Fox 1988, equation 2 (algorithm 659).
 */
export function directionNumbers(dimension: number): readonly number[] {
  const row = JOE_KUO.split(';')[dimension - 1]; // none for the first dimension
  const [polynomial = 1, ...first] = row?.trim().split(' ').map(Number) ?? [];
  const degree = first.length;
  const v = first.map((m, k) => (m << (31 - k)) >>> 0);
  for (let k = degree; k < 32; k += 1) {
    const base = v[k - degree] ?? 0;
    let next = degree === 0 ? 1 << (31 - k) : base ^ (base >>> degree);
    for (let i = 1; i < degree; i += 1) if ((polynomial >>> (degree - i)) & 1) next ^= v[k - i] ?? 0;
    v.push(next >>> 0);
  }
  return v;
}

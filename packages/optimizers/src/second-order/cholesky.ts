import { dot } from './vectors.ts';

/**
 * The lower triangle L of a symmetric matrix A + damping I = L Lᵀ, row by row; undefined where it is not positive definite.
 *
 * @param least What a square on the diagonal must be above.
 */
export function cholesky(rows: Float64Array, damping: number, least: number): Float64Array | undefined {
  const size = Math.sqrt(rows.length);
  const lower = new Float64Array(rows.length);
  const row = (i: number, length: number): Float64Array => lower.subarray(i * size, i * size + length);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < i; j++) lower[i * size + j] = ((rows[i * size + j] ?? 0) - dot(row(i, j), row(j, j))) / (lower[j * size + j] ?? 0);
    const square = (rows[i * size + i] ?? 0) + damping - dot(row(i, i), row(i, i));
    if (!(square > least)) return undefined;
    lower[i * size + i] = Math.sqrt(square);
  }
  return lower;
}

/** The inverse of L Lᵀ, row by row: O(N³). */
export function inverseOf(lower: Float64Array): Float64Array {
  const size = Math.sqrt(lower.length);
  // The columns of L⁻¹ as rows, so that the inverse L⁻ᵀ L⁻¹ is made of their products.
  const columns = new Float64Array(lower.length);
  for (let c = 0; c < size; c++) {
    const column = columns.subarray(c * size, (c + 1) * size);
    for (let i = c; i < size; i++) {
      const known = dot(lower.subarray(i * size + c, i * size + i), column.subarray(c, i));
      column[i] = ((i === c ? 1 : 0) - known) / (lower[i * size + i] ?? 0);
    }
  }
  const inverse = new Float64Array(lower.length);
  for (let i = 0; i < size; i++)
    for (let j = 0; j <= i; j++) {
      const value = dot(columns.subarray(i * size + i, (i + 1) * size), columns.subarray(j * size + i, (j + 1) * size));
      inverse[i * size + j] = value;
      inverse[j * size + i] = value;
    }
  return inverse;
}

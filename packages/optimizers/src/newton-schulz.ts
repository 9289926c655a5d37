import { add, div, matMul, maximum, mul, transpose, type Tensor } from '@tensorflow/tfjs-core';
import { safeNorm } from './safe-norm.ts';

type Coefficients = readonly [a: number, b: number, c: number];

/** One triple for all steps, or one for each. */
export const coefficients: Readonly<Record<'original' | 'quintic', readonly Coefficients[]>> = {
  original: [[3.4445, -4.775, 2.0315]],
  quintic: [
    [4.0848, -6.8946, 2.927],
    [3.9505, -6.3029, 2.6377],
    [3.7418, -5.5913, 2.3037],
    [2.8769, -3.1427, 1.2046],
    [2.8366, -3.0525, 1.2012],
  ],
};

/** What {@link orthogonalized} is run with. */
export interface NewtonSchulz {
  readonly steps: number;
  readonly coefficients: readonly Coefficients[];
  readonly epsilon: number;
  readonly safetyFactor: number;
}

/**
 * About the nearest matrix with orthonormal rows or columns, whichever are fewer: the polar factor by Newton-Schulz iterations, which draw
 * all singular values to about 1.
 *
 *     X₀ = G / max(s ‖G‖, ε)        Xᵢ₊₁ = a X + (b A + c A²) X,  A = X Xᵀ
 */
export function orthogonalized(matrix: Tensor, { steps, coefficients: triples, epsilon, safetyFactor }: NewtonSchulz): Tensor {
  const [rows = 1, columns = 1] = matrix.shape;
  const tall = rows > columns;
  let x = div(tall ? transpose(matrix) : matrix, maximum(mul(safeNorm(matrix), safetyFactor), epsilon));
  for (let step = 0; step < steps; step++) {
    const [a, b, c] = triples[Math.min(step, triples.length - 1)] ?? [1, 0, 0];
    const gram: Tensor = matMul(x, transpose(x)); // transposed first: `wasm` is slow at a transposed operand
    x = add(mul(x, a), matMul(add(mul(gram, b), mul(matMul(gram, gram), c)), x));
  }
  return tall ? transpose(x) : x;
}

import { addScaled, dot, norm, scaled } from '../differentiation/vectors.ts';
import { tridiagonalEigenvalues } from './tridiagonal.ts';

/** A symmetric matrix that is known only by its products. */
export type SymmetricProduct = (vector: Float64Array) => Promise<Float64Array>;

/** What was asked of {@link lanczos}. */
export interface LanczosOptions {
  readonly start: Float64Array;
  /** How many eigenvalues of each end must have converged before it stops. */
  readonly wanted: { readonly largest: number; readonly smallest: number };
  readonly iterations: number;
  /** Residual at which an eigenvalue counts as converged, relative to the largest magnitude. */
  readonly tolerance: number;
}

export interface LanczosResult {
  /** Ritz values in rising order. */
  readonly eigenvalues: readonly number[];
  /** Bound on the distance of each to an eigenvalue, relative to the largest magnitude. */
  readonly residuals: readonly number[];
  /** The Ritz vector of one of them, of length 1. */
  vectorAt(index: number): Float64Array;
}

/**
 * Lanczos 1950, with each new vector made orthogonal to all earlier ones, twice (full reorthogonalization: Parlett 1998, section 13.3).
 *
 *     βⱼ qⱼ₊₁ = A qⱼ − αⱼ qⱼ − βⱼ₋₁ qⱼ₋₁        |λ − θ| ≤ β |s|, s the last component of θ's eigenvector
 *
 * It stops when the wanted ends have converged, after `iterations` products, or when the space is exhausted. It holds one vector a product.
 */
export async function lanczos(apply: SymmetricProduct, { start, wanted, iterations, tolerance }: LanczosOptions): Promise<LanczosResult> {
  const basis: Float64Array[] = [];
  const [diagonal, offDiagonal]: [number[], number[]] = [[], []];
  let next = scaled(start, 1 / norm(start));
  for (;;) {
    basis.push(next);
    const rest = await apply(next);
    diagonal.push(dot(next, rest));
    for (const _ of [1, 2]) for (const q of basis) addScaled(rest, -dot(q, rest), q);
    const beta = norm(rest);
    const ritz = ritzOf(diagonal, offDiagonal, beta);
    const { length } = ritz.eigenvalues;
    const enough = [...range(0, wanted.smallest), ...range(length - wanted.largest, length)];
    const done = enough.every((i) => i >= 0 && i < length && (ritz.residuals[i] ?? 1) <= tolerance);
    if (done || basis.length >= Math.min(iterations, next.length) || beta <= 1e-14 * ritz.magnitude)
      return { ...ritz, vectorAt: (index) => ritzVector(diagonal, offDiagonal, basis, index) };
    offDiagonal.push(beta);
    next = scaled(rest, 1 / beta);
  }
}

const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, i) => from + i);

interface Ritz {
  readonly eigenvalues: readonly number[];
  readonly residuals: readonly number[];
  readonly magnitude: number;
}

function ritzOf(diagonal: readonly number[], offDiagonal: readonly number[], beta: number): Ritz {
  const last = new Float64Array(diagonal.length);
  last[last.length - 1] = 1;
  const values = tridiagonalEigenvalues(diagonal, offDiagonal, [last]);
  const order = rising(values);
  const magnitude = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return {
    eigenvalues: order.map((i) => values[i] ?? 0),
    residuals: order.map((i) => (beta === 0 ? 0 : (beta * Math.abs(last[i] ?? 0)) / magnitude)),
    magnitude,
  };
}

function ritzVector(
  diagonal: readonly number[],
  offDiagonal: readonly number[],
  basis: readonly Float64Array[],
  index: number,
): Float64Array {
  const rows = diagonal.map((_, i) => Float64Array.from(diagonal, (__, j) => (i === j ? 1 : 0)));
  const column = rising(tridiagonalEigenvalues(diagonal, offDiagonal, rows))[index] ?? 0;
  const sum = new Float64Array(basis[0]?.length ?? 0);
  basis.forEach((q, i) => addScaled(sum, rows[i]?.[column] ?? 0, q));
  return scaled(sum, 1 / norm(sum));
}

const rising = (values: Float64Array): number[] => [...values.keys()].sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0));

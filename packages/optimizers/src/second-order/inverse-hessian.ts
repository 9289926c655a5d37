import { LEAST_CURVATURE, type Curvature } from './curvature.ts';
import { shortFirstStep } from './short-first-step.ts';
import { dot, times } from './vectors.ts';

/**
 * An estimate of the inverse Hessian that each step betters: O(N²) in memory and time.
 *
 *     H ← (I − ρ s yᵀ) H (I − ρ y sᵀ) + ρ s sᵀ        ρ = 1 / sᵀy
 *
 * BFGS, Nocedal & Wright 2006, equation 6.17; before the first update H = (sᵀy / yᵀy) I, equation 6.20.
 */
export class InverseHessian implements Curvature {
  /** Row by row; undefined as long as nothing is known. */
  #rows: Float64Array | undefined;

  constructor(rows?: Float64Array) {
    this.#rows = rows;
  }

  get rows(): Float64Array | undefined {
    return this.#rows;
  }

  get isFresh(): boolean {
    return this.#rows === undefined;
  }

  forget(): void {
    this.#rows = undefined;
  }

  direction({ gradient }: { readonly gradient: Float64Array }): Float64Array {
    return times(-1, this.#rows === undefined ? gradient : product(this.#rows, gradient));
  }

  firstStep({ gradient }: { readonly gradient: Float64Array }): number {
    return this.isFresh ? shortFirstStep(gradient) : 1;
  }

  learn(step: Float64Array, change: Float64Array): void {
    const curvature = dot(step, change);
    if (!(curvature > LEAST_CURVATURE)) return;
    const rows = (this.#rows ??= scaledIdentity(step.length, curvature / dot(change, change)));
    const size = step.length;
    const turned = product(rows, change); // H y
    const stretch = (1 + dot(change, turned) / curvature) / curvature;
    for (let i = 0; i < size; i++) {
      const [s, t] = [step[i] ?? 0, turned[i] ?? 0];
      for (let j = 0; j < size; j++)
        rows[i * size + j] =
          (rows[i * size + j] ?? 0) + stretch * (s * (step[j] ?? 0)) - (s * (turned[j] ?? 0) + t * (step[j] ?? 0)) / curvature;
    }
  }
}

function scaledIdentity(size: number, scale: number): Float64Array {
  const rows = new Float64Array(size * size);
  for (let i = 0; i < size; i++) rows[i * size + i] = scale;
  return rows;
}

/** A square matrix, row by row, times a vector. */
function product(rows: Float64Array, vector: Float64Array): Float64Array {
  const size = vector.length;
  return vector.map((_, i) => dot(rows.subarray(i * size, (i + 1) * size), vector));
}

import { LEAST_CURVATURE, type Curvature } from './curvature.ts';
import { shortFirstStep } from './short-first-step.ts';
import { dot, plus, times } from './vectors.ts';

/** A step and the change of the gradient over it. */
export interface Pair {
  readonly step: Float64Array;
  readonly change: Float64Array;
}

/**
 * The inverse Hessian as the last steps tell of it, never written down: O(m N).
 *
 * L-BFGS two-loop recursion, Nocedal 1980; Nocedal & Wright 2006, algorithm 7.4 and equation 7.20. The start is γ I with γ = sᵀy / yᵀy of the newest pair, as in
 * PyTorch.
 */
export class CurvaturePairs implements Curvature {
  readonly #size: number;
  #pairs: readonly Pair[];

  /**
   * @param size The most that are kept.
   * @param pairs Newest first.
   */
  constructor(size: number, pairs: readonly Pair[]) {
    this.#size = size;
    this.#pairs = pairs.filter(isTelling);
  }

  /** Newest first. */
  get pairs(): readonly Pair[] {
    return this.#pairs;
  }

  get isFresh(): boolean {
    return this.#pairs.length === 0;
  }

  learn(step: Float64Array, change: Float64Array): void {
    const pair = { step, change };
    if (isTelling(pair)) this.#pairs = [pair, ...this.#pairs].slice(0, this.#size);
  }

  forget(): void {
    this.#pairs = [];
  }

  direction({ gradient }: { readonly gradient: Float64Array }): Float64Array {
    let q = times(-1, gradient);
    const shares = this.#pairs.map(({ step, change }) => {
      const share = dot(step, q) / dot(step, change);
      q = plus(q, -share, change);
      return share;
    });
    const [newest] = this.#pairs;
    if (newest === undefined) return q;
    q = times(dot(newest.step, newest.change) / dot(newest.change, newest.change), q);
    for (let i = this.#pairs.length - 1; i >= 0; i--) {
      const { step, change } = this.#pairs[i] ?? newest;
      q = plus(q, (shares[i] ?? 0) - dot(change, q) / dot(step, change), step);
    }
    return q;
  }

  firstStep({ gradient }: { readonly gradient: Float64Array }): number {
    return this.isFresh ? shortFirstStep(gradient) : 1;
  }
}

const isTelling = ({ step, change }: Pair): boolean => dot(step, change) > LEAST_CURVATURE;

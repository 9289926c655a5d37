import type { Point } from './point.ts';

/** What a method knows of the curvature: the part in which Newton's method, BFGS and L-BFGS differ. */
export interface Curvature {
  /** Whether it knows nothing that was learned on the way, so that forgetting would not help. */
  readonly isFresh: boolean;
  /** Where to go from here. */
  direction(here: Point): Float64Array;
  /** The share of the learning rate that is tried first along such a direction. */
  firstStep(here: Point): number;
  /** From a step and the change of the gradient over it. */
  learn(step: Float64Array, change: Float64Array): void;
  /** Begins anew. */
  forget(): void;
}

/** sᵀy below which a pair says nothing of the curvature: PyTorch's. */
export const LEAST_CURVATURE = 1e-10;

import { sumAbs } from './vectors.ts';

/** As long as nothing is known of the curvature no step is longer than 1, in the sum of its magnitudes: PyTorch's `LBFGS`, minFunc. */
export const shortFirstStep = (gradient: Float64Array): number => Math.min(1, 1 / sumAbs(gradient));

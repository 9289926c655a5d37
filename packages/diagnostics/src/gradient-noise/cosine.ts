import { dot, norm } from '../differentiation/vectors.ts';

/**
 * aᵀ b / (‖a‖ ‖b‖): 1 for the same direction, −1 for opposite ones, NaN where one is zero. Successive gradients that point against one another
 * say that the step is too long for the valley.
 *
 * @example
 * cosineOf(Float64Array.of(1, 0), Float64Array.of(-2, 0)); // -1
 */
export const cosineOf = (a: Float64Array, b: Float64Array): number => dot(a, b) / (norm(a) * norm(b));

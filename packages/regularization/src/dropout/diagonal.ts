import { customGrad, type GradSaveFunc, type Tensor } from '@tensorflow/tfjs-core';

/** Applies to a tensor what was drawn: of a key, or the draws as they were given. */
export type Apply = (x: Tensor, draws: readonly Tensor[]) => Tensor;

/**
 * y = D x with a random diagonal D, which `apply` multiplies by: its gradient is dx = D dy. What D is made of is drawn again in
 * the backward pass instead of kept; only draws that were given are kept until then.
 */
export function diagonal<T extends Tensor>(x: T, apply: Apply, given: readonly Tensor[] = []): T {
  return withDraws(x, given, apply, (dy, draws) => diagonal(dy, apply, draws));
}

/** A function of a tensor and its gradient, both of which see the draws that were given. */
export function withDraws<T extends Tensor>(x: T, given: readonly Tensor[], forward: Apply, backward: Apply): T {
  return customGrad((input, save) => {
    (save as GradSaveFunc)([...given]);
    return { value: forward(input as Tensor, given), gradFunc: (dy: Tensor, draws: Tensor[]) => backward(dy, draws) };
  })(x) as T;
}

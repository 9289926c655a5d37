import { abs, addN, div, max, maximum, mul, scalar, sqrt, square, stack, sum, type Scalar, type Tensor } from '@tensorflow/tfjs-core';

/** max |x| of all elements of the tensors, and a little more than 0 where there is none. */
export const largestOf = (tensors: readonly Tensor[]): Scalar =>
  maximum<Scalar>(max(stack([scalar(0), ...tensors.map((each) => max(abs(each)))])), 1e-37);

/** √Σ x² of all elements of the tensors. */
export const normOf = (tensors: readonly Tensor[]): Scalar =>
  sqrt(addN([scalar(0), ...tensors.map((each) => sum(square(each)))])) as Scalar;

/** √Σ x² of a tensor's elements, of numbers too large or too small for their squares as well. */
export function safeNorm(tensor: Tensor): Scalar {
  const largest = largestOf([tensor]);
  return mul<Scalar>(largest, normOf([div(tensor, largest)]));
}

import '@tensorflow/tfjs-layers'; // registers tfjs's own gradients, which tfjs-core alone does not
import { grads, type Tensor } from '@tensorflow/tfjs-core';
import { tensorOf, type TensorData } from '../../cases/tensor-data.ts';

/** The gradients of a function of tensors, each for an upstream gradient. */
export const gradientsOf = (f: (...inputs: Tensor[]) => Tensor, inputs: readonly Tensor[], dy: TensorData): Tensor[] =>
  grads(f)([...inputs], tensorOf(dy));

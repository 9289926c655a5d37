import { DownhillError } from '@downhill/core';
import { tensor2d, type Tensor, type Tensor2D } from '@tensorflow/tfjs-core';
import type { Outputs } from '../outputs.ts';

/**
 * Reads what a model put out: a tensor `[examples, ...]`, one row an example; further axes lie side by side in it. A tensor
 * `[examples]` has rows of one number. The tensor stays; the numbers are a copy.
 *
 * @example
 * const outputs = await outputsOf(tf.tensor2d([[0.25, 0.75]]));
 * outputs.shape; // [1, 2]
 *
 * @throws DownhillError `shape-mismatch` for a scalar, `invalid-argument` for strings and complex numbers.
 */
export async function outputsOf(tensor: Tensor): Promise<Outputs> {
  checkTensor('outputsOf', tensor);
  const [examples = 0] = tensor.shape;
  const shape = [examples, examples === 0 ? 0 : tensor.size / examples] as const;
  return { values: Float32Array.from(await tensor.data()), shape };
}

/**
 * Outputs as a tensor `[examples, width]` of float32, which whoever asked disposes of.
 *
 * @example
 * const tensor = toTensor(outputsFrom([[0.25, 0.75]]));
 * tensor.shape; // [1, 2]
 */
export function toTensor({ values, shape: [examples, width] }: Outputs): Tensor2D {
  return tensor2d(Float32Array.from(values), [examples, width], 'float32');
}

/** @throws DownhillError */
export function checkTensor(source: string, tensor: Tensor): void {
  if (tensor.rank === 0)
    throw new DownhillError({ code: 'shape-mismatch', source, problem: '`tensor` must have a first axis of examples, got a scalar' });
  if (tensor.dtype === 'string' || tensor.dtype === 'complex64')
    throw new DownhillError({ code: 'invalid-argument', source, problem: `\`tensor\` must hold real numbers, got dtype ${tensor.dtype}` });
}

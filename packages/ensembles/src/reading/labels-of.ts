import type { Tensor } from '@tensorflow/tfjs-core';
import { largestOf, rowsOf } from '../checks/rows.ts';
import { checkTensor, outputsOf } from './outputs-of.ts';

/**
 * Reads class numbers: of a tensor `[examples]` or `[examples, 1]` they are its values, of one-hot rows `[examples, classes]`
 * the places of the ones (of soft targets those of the largest). The tensor stays.
 *
 * @example
 * const labels = await labelsOf(tf.tensor2d([[0, 1], [1, 0]]));
 * [...labels]; // [1, 0]
 *
 * @throws DownhillError `shape-mismatch` for a scalar, `invalid-argument` for strings and complex numbers.
 */
export async function labelsOf(tensor: Tensor): Promise<Int32Array> {
  checkTensor('labelsOf', tensor);
  const outputs = await outputsOf(tensor);
  return Int32Array.from(outputs.shape[1] === 1 ? outputs.values : rowsOf(outputs).map(largestOf));
}

import { checkedProbabilities } from '../checks/check-outputs.ts';
import { largestOf, rowsOf } from '../checks/rows.ts';
import type { Outputs } from '../outputs.ts';

/**
 * The most probable class of each example; of equally probable ones the lowest. One column is the probability of class 1, which
 * is predicted above ½.
 *
 * @example
 * const outputs = outputsFrom([[0.2, 0.5, 0.3], [0.4, 0.2, 0.4]]);
 * [...predictedClasses(outputs)]; // [1, 0]
 *
 * @throws DownhillError as `combine`, where these are no probabilities.
 */
export function predictedClasses(outputs: Outputs): Int32Array {
  return Int32Array.from(rowsOf(checkedProbabilities('predictedClasses', 'outputs', outputs)).map(largestOf));
}

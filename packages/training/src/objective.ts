import { DownhillError } from '@downhill/core';
import { add, addN, div, mean, mul, reshape, sum, type Scalar, type Tensor } from '@tensorflow/tfjs-core';
import type { Batch } from './batches.ts';
import type { Loss, Metric } from './losses.ts';

/**
 * A batch's loss as one number.
 *
 *     L = Σ wᵢ lossᵢ / n
 *
 * `n` is the number of examples, whatever the weights sum to (as in Keras, "sum over batch size").
 *
 * @throws DownhillError `unsupported` where the examples have weights and `loss` gives no value for each of them.
 */
export function batchLoss(loss: Loss, { ys, weights }: Batch, predictions: Tensor): Scalar {
  const values = loss(ys, predictions);
  if (weights === undefined) return mean(values);
  const examples = weights.size;
  if (values.rank === 0 || values.shape[0] !== examples)
    throw new DownhillError({
      code: 'unsupported',
      source: 'train',
      problem: `examples with weights need a loss that gives one value per example (${examples}), got shape [${values.shape.join(', ')}]`,
      advice: 'softmaxCrossEntropy and meanSquaredError do; of tf.losses those with Reduction.NONE.',
    });
  const perExample = values.rank === 1 ? values : mean(reshape(values, [examples, -1]), 1);
  return div(sum(mul(perExample, weights)), examples);
}

/** The loss with what penalties and regularizers add. */
export function withPenalties(loss: Scalar, penalties: readonly Scalar[]): Scalar {
  return penalties.length === 0 ? loss : add(loss, addN(penalties.map((penalty): Tensor => mean(penalty))));
}

/** The batch's metrics, a scalar each. */
export function batchMetrics(metrics: Readonly<Record<string, Metric>>, { ys }: Batch, predictions: Tensor): Record<string, Scalar> {
  return Object.fromEntries(Object.entries(metrics).map(([name, metric]) => [name, mean<Scalar>(metric(ys, predictions))]));
}

/** Reads scalars. */
export async function numbersOf(scalars: Readonly<Record<string, Scalar>>): Promise<Record<string, number>> {
  const read = Object.entries(scalars).map(async ([name, scalar]): Promise<[string, number]> => [
    name,
    (await scalar.data())[0] ?? Number.NaN,
  ]);
  return Object.fromEntries(await Promise.all(read));
}

export const examplesIn = ({ ys }: Batch): number => ys.shape[0] ?? 1;

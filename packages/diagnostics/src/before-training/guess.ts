import { lossOnBatch, type Batch, type Loss } from '@downhill/training';
import { dispose, fill, mean, mul, onesLike, tidy, type Scalar, type Tensor } from '@tensorflow/tfjs-core';

/** Reads a scalar that is made for it. */
export async function numberOf(make: () => Scalar): Promise<number> {
  const scalar = tidy(make);
  try {
    return (await scalar.data())[0] ?? Number.NaN;
  } finally {
    dispose(scalar);
  }
}

/** The loss of given outputs on a batch, without penalties. */
export const lossOfOutputs = (loss: Loss, batch: Batch, outputs: () => Tensor): Promise<number> =>
  numberOf(() => lossOnBatch({ model: { variables: [], predict: outputs }, loss }, batch, { training: false }));

/** The loss of outputs that know nothing: even probabilities where the model's rows are probabilities, else zeros. */
export async function lossOfZeros(loss: Loss, batch: Batch, predictions: Tensor): Promise<number> {
  const even = evenOutput((await predictions.data()) as Float32Array, predictions.shape.at(-1) ?? 1);
  return lossOfOutputs(loss, batch, () => fill(predictions.shape, even));
}

/** The loss of the better guess: outputs that know nothing, or, where targets are of the outputs' shape, their mean. */
export async function lossOfGuess(loss: Loss, batch: Batch, predictions: Tensor): Promise<number> {
  const zeros = await lossOfZeros(loss, batch, predictions);
  if (batch.ys.shape.join() !== predictions.shape.join()) return zeros;
  const constant = await lossOfOutputs(loss, batch, () => mul(onesLike(predictions), mean(batch.ys, 0, true)));
  return Math.min(zeros, constant);
}

function evenOutput(values: Float32Array, classes: number): number {
  const rows = Array.from({ length: values.length / classes }, (_, i) => [...values.subarray(i * classes, (i + 1) * classes)]);
  const probabilities = rows.every(
    (row) => row.every((value) => value >= 0) && Math.abs(row.reduce((sum, value) => sum + value, 0) - 1) < 1e-3,
  );
  return probabilities && classes > 1 ? 1 / classes : 0;
}

import { checkNumber } from '@downhill/core';
import { checkModel, lossOnBatch, predict, type Batch, type LossObjective } from '@downhill/training';
import { dispose, fill, tidy, type Scalar, type Tensor } from '@tensorflow/tfjs-core';
import type { Check, Verdict } from './check.ts';
import { shortNumber } from './check-text.ts';

/** Options of {@link checkInitialLoss}. */
export interface CheckInitialLossOptions extends LossObjective {
  /** Stays yours. */
  readonly batch: Batch;
  /** The loss to expect without penalties. @defaultValue the loss of outputs that are all 0, or even probabilities where the model gives probabilities */
  readonly expected?: number;
}

/**
 * Step 1 before training: the loss of the untrained model on a batch against what it should be (see `expectedInitialLoss`). It is `ok` within 0.7 to 1.5
 * times what is expected, `failed` below a third, above three times, or where it is not finite.
 *
 * Cost: two passes forward.
 *
 * @example
 * const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [2], kernelInitializer: 'zeros' })] });
 * const batch = { xs: tf.ones([4, 2]), ys: tf.tensor2d([[1], [2], [3], [2]]) };
 * const { verdict, numbers } = await checkInitialLoss({ model, loss: meanSquaredError, batch });
 * [verdict, numbers.measured]; // ['ok', 4.5]
 *
 * @throws DownhillError `invalid-argument` where the model is none, or `expected` is not above 0.
 */
export async function checkInitialLoss({ batch, expected, ...objective }: CheckInitialLossOptions): Promise<Check> {
  const { model, loss } = objective;
  checkModel(SOURCE, model);
  if (expected !== undefined) checkNumber(SOURCE, { expected }, { above: 0 });
  const predictions = tidy(() => predict(model, batch.xs, { training: false }));
  try {
    const even = evenOutput((await predictions.data()) as Float32Array, predictions.shape.at(-1) ?? 1);
    const ofOutputs = (outputs: () => Tensor): Promise<number> =>
      numberOf(() => lossOnBatch({ model: { variables: [], predict: outputs }, loss }, batch, { training: false }));
    const measured = await ofOutputs(() => predictions);
    const guess = expected ?? (await ofOutputs(() => fill(predictions.shape, even)));
    return judged(measured, guess, (await numberOf(() => lossOnBatch(objective, batch, { training: false }))) - measured);
  } finally {
    dispose(predictions);
  }
}

const SOURCE = 'checkInitialLoss';

async function numberOf(make: () => Scalar): Promise<number> {
  const scalar = tidy(make);
  try {
    return (await scalar.data())[0] ?? Number.NaN;
  } finally {
    dispose(scalar);
  }
}

/** Even probabilities where the rows are probabilities, else 0. */
function evenOutput(values: Float32Array, classes: number): number {
  const rows = Array.from({ length: values.length / classes }, (_, i) => [...values.subarray(i * classes, (i + 1) * classes)]);
  const probabilities = rows.every(
    (row) => row.every((value) => value >= 0) && Math.abs(row.reduce((sum, value) => sum + value, 0) - 1) < 1e-3,
  );
  return probabilities && classes > 1 ? 1 / classes : 0;
}

function judged(measured: number, expected: number, penalties: number): Check {
  const ratio = measured / expected;
  const verdict: Verdict = !(ratio > 1 / 3 && ratio < 3) ? 'failed' : ratio >= 0.7 && ratio <= 1.5 ? 'ok' : 'warning';
  return {
    kind: 'check',
    name: 'initial loss',
    verdict,
    summary: `the loss of the untrained model is ${shortNumber(measured)} where ${shortNumber(expected)} is to be expected.`,
    numbers: { measured, expected, ratio, penalties },
    advice: adviceFor(verdict, ratio),
    meaning:
      'A model that knows nothing should be as wrong as a guess. Far above, it is sure of nonsense, and training begins by unlearning that; below, it knows something already.',
  };
}

function adviceFor(verdict: Verdict, ratio: number): string {
  if (verdict === 'ok') return 'Go on: overfit a small sample.';
  if (!Number.isFinite(ratio)) return 'Look for NaN in the data, a logarithm of 0 in the loss, or weights that are far too large.';
  return ratio > 1
    ? 'Make the last layer’s first weights smaller, scale the inputs to about unit size, and see that the loss takes what the model gives (logits or probabilities).'
    : 'See that the weights are new, that the labels are not among the inputs, and that the loss takes what the model gives.';
}

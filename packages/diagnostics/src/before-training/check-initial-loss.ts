import { checkNumber } from '@downhill/core';
import { checkModel, lossOnBatch, predict, type Batch, type LossObjective } from '@downhill/training';
import { dispose, tidy } from '@tensorflow/tfjs-core';
import type { Check, Verdict } from './check.ts';
import { shortNumber } from './check-text.ts';
import { lossOfOutputs, lossOfZeros, numberOf } from './guess.ts';

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
    const measured = await lossOfOutputs(loss, batch, () => predictions);
    const guess = expected ?? (await lossOfZeros(loss, batch, predictions));
    return judgedInitialLoss(measured, guess, (await numberOf(() => lossOnBatch(objective, batch, { training: false }))) - measured);
  } finally {
    dispose(predictions);
  }
}

const SOURCE = 'checkInitialLoss';

/** What a loss says, measured before any training, beside what was to be expected. */
export function judgedInitialLoss(measured: number, expected: number, penalties: number): Check {
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

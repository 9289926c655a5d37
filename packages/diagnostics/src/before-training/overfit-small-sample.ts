import { checkNumber, complete, DownhillError, randomStream, streamKey } from '@downhill/core';
import { drawCounts, setDrawCounts } from '@downhill/tfjs';
import {
  batches,
  captureWeights,
  checkModel,
  disposeBatch,
  evaluate,
  examplesOf,
  isLayersModel,
  predict,
  restoreWeights,
  train,
  type ArrayData,
  type BatchSource,
  type Hook,
  type Loss,
  type TrainableModel,
} from '@downhill/training';
import { dispose, tidy, train as tfjsOptimizers, type Optimizer } from '@tensorflow/tfjs-core';
import type { Check, Verdict } from './check.ts';
import { shortNumber } from './check-text.ts';
import { lossOfGuess } from './guess.ts';

/** Options of {@link overfitSmallSample}. */
export interface OverfitSmallSampleOptions {
  readonly model: TrainableModel;
  readonly loss: Loss;
  readonly data: ArrayData;
  /** How many examples. @defaultValue 16 */
  readonly examples?: number;
  /** Steps for each learning rate. @defaultValue 300 */
  readonly steps?: number;
  /** Tried one after the other until one works, so that only a model that cannot learn fails. @defaultValue [3e-3, 1e-2, 3e-4] */
  readonly learningRates?: readonly number[];
  /** What it is trained with; disposed of afterwards. @defaultValue Adam with epsilon 1e-8 */
  readonly optimizer?: (learningRate: number) => Optimizer;
  /** Which examples these are. @defaultValue 0 */
  readonly seed?: number;
  readonly signal?: AbortSignal;
  /** Hears of the sample's loss at each step. */
  readonly onStep?: (loss: number) => void;
}

export interface OverfitCheck extends Check {
  /** The loss at each step, without penalties, of the learning rate that did best. */
  readonly curve: readonly number[];
}

/** Shares of the loss of a guess: a run that comes below the first is done, below the second it has learned the sample, above the third it has not begun. */
const [DONE, LEARNED, BEGUN] = [0.01, 0.05, 0.5];

/**
 * Step 2 before training: a model must be able to learn a few examples by heart. If it cannot, more data will not help. It is `ok` where the loss, penalties
 * aside, falls to 5 % of what a guess has; dropout does not count against it. Weights, statistics of batch normalization and the counts of stochastic layers are those
 * from before afterwards, bit for bit, whatever ends it.
 *
 * Cost: at most `steps` passes forward and back over the sample, for each learning rate that fails.
 *
 * @example
 * const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [1] })] });
 * const data = { xs: { values: Float32Array.of(0, 1), shape: [1] }, ys: { values: Float32Array.of(1, 3), shape: [1] } };
 * const { verdict } = await overfitSmallSample({ model, loss: meanSquaredError, data, learningRates: [0.1] });
 * verdict; // 'ok'
 *
 * @throws DownhillError `invalid-argument` for options out of range, `shape-mismatch` for data that does not fit, `aborted` when the signal says so.
 */
export async function overfitSmallSample({
  model,
  loss,
  data,
  signal,
  onStep,
  ...options
}: OverfitSmallSampleOptions): Promise<OverfitCheck> {
  checkModel(SOURCE, model);
  const { examples, steps, learningRates, optimizer, seed } = complete(SOURCE, options, {
    examples: 16,
    steps: 300,
    learningRates: [3e-3, 1e-2, 3e-4],
    optimizer: (learningRate: number) => tfjsOptimizers.adam(learningRate, 0.9, 0.999, 1e-8),
    seed: 0,
  });
  checkNumber(SOURCE, { examples, steps }, { min: 1, integer: true });
  checkNumber(SOURCE, { seed }, { integer: true });
  checkNumber(SOURCE, { 'learningRates.length': learningRates.length }, { min: 1 });
  for (const learningRate of learningRates) checkNumber(SOURCE, { learningRate }, { above: 0 });
  const sample = sampleOf(data, examples, seed);
  const guess = await guessOn(model, loss, sample);
  const attempts: Attempt[] = [];
  for (const learningRate of learningRates) {
    attempts.push(
      await attempt({
        model,
        loss,
        sample,
        guess,
        steps,
        learningRate,
        optimizer,
        ...(signal === undefined ? {} : { signal }),
        ...(onStep === undefined ? {} : { onStep }),
      }),
    );
    if ((attempts.at(-1)?.ratio ?? 1) <= LEARNED) break;
  }
  const best = attempts.reduce((one, other) => (other.ratio < one.ratio ? other : one));
  return judged(best, guess, { examples: examplesOf(SOURCE, sample), attempts: attempts.length });
}

const SOURCE = 'overfitSmallSample';

interface Attempt {
  readonly learningRate: number;
  readonly curve: readonly number[];
  readonly first: number;
  readonly last: number;
  /** Of the last loss to that of a guess; infinite where the loss is. */
  readonly ratio: number;
}

function sampleOf(data: ArrayData, examples: number, seed: number): ArrayData {
  const all = examplesOf(SOURCE, data);
  const order = randomStream(streamKey(seed, 'overfit')).permutation(all);
  return { ...data, rows: Int32Array.from(order.subarray(0, examples), (i) => data.rows?.[i] ?? i) };
}

/** What a model that knows nothing would have on the sample. */
async function guessOn(model: TrainableModel, loss: Loss, sample: ArrayData): Promise<number> {
  for await (const batch of wholeOf(sample).batches(0)) {
    const predictions = tidy(() => predict(model, batch.xs, { training: false }));
    try {
      return await lossOfGuess(loss, batch, predictions);
    } finally {
      dispose(predictions);
      disposeBatch(batch);
    }
  }
  return Number.NaN;
}

const wholeOf = (sample: ArrayData): BatchSource => batches(sample, { batchSize: Math.max(1, examplesOf(SOURCE, sample)), shuffle: false });

async function attempt(run: {
  readonly model: TrainableModel;
  readonly loss: Loss;
  readonly sample: ArrayData;
  readonly guess: number;
  readonly steps: number;
  readonly learningRate: number;
  readonly optimizer: (learningRate: number) => Optimizer;
  readonly signal?: AbortSignal;
  readonly onStep?: (loss: number) => void;
}): Promise<Attempt> {
  const { model, loss, sample, guess, steps, learningRate, signal, onStep } = run;
  const before = await captureWeights(model);
  const draws = isLayersModel(model) ? drawCounts(model) : {};
  const optimizer = run.optimizer(learningRate);
  const curve: number[] = [];
  const watch: Hook = {
    kind: 'hook',
    name: 'overfit',
    onStep({ metrics: { sample: value = Number.NaN } }) {
      curve.push(value);
      onStep?.(value);
      return !Number.isFinite(value) || value <= DONE * guess ? 'stop' : undefined;
    },
  };
  try {
    const shared = { model, loss, batches: wholeOf(sample), ...(signal === undefined ? {} : { signal }) };
    await train({ ...shared, optimizer, epochs: steps, metrics: { sample: loss }, hooks: [watch], nonFinite: 'report' });
    if (signal?.aborted === true) throw new DownhillError({ code: 'aborted', source: SOURCE, problem: 'the signal asked to stop' });
    const { loss: still = Number.NaN } = await evaluate(shared); // without dropout
    const [first = Number.NaN] = curve;
    const last = Math.min(curve.at(-1) ?? Number.NaN, Number.isFinite(still) ? still : Infinity);
    const ratio = last / guess;
    return { learningRate, curve, first, last, ratio: Number.isFinite(ratio) ? ratio : Infinity };
  } finally {
    restoreWeights(model, before, SOURCE);
    if (isLayersModel(model)) setDrawCounts(model, draws);
    optimizer.dispose();
  }
}

function judged(
  { learningRate, curve, first, last, ratio }: Attempt,
  guess: number,
  { examples, attempts }: { readonly examples: number; readonly attempts: number },
): OverfitCheck {
  const verdict: Verdict = ratio <= LEARNED ? 'ok' : ratio <= BEGUN ? 'warning' : 'failed';
  return {
    kind: 'check',
    name: 'overfit a small sample',
    verdict,
    summary: `on ${examples} examples the loss went from ${shortNumber(first)} to ${shortNumber(last)} in ${curve.length} steps at a learning rate of ${learningRate}; a guess has ${shortNumber(guess)}.`,
    numbers: { examples, first, last, guess, ratio, steps: curve.length, learningRate, attempts },
    advice: adviceFor(verdict, ratio),
    meaning:
      'A model that cannot learn a handful of examples by heart has a fault that more data will not mend: a loss that does not fit the head, labels that do not fit the inputs, a part that no gradient reaches, or too few units.',
    curve,
  };
}

function adviceFor(verdict: Verdict, ratio: number): string {
  if (verdict === 'ok') return 'Go on: find a learning rate that makes the loss fall on all data.';
  if (ratio === Infinity) return 'The loss became infinite or NaN: lower the learning rates, or make the first weights smaller.';
  return verdict === 'warning'
    ? 'It learns, but slowly: allow more steps, raise the learning rate, give it more units, or turn penalties and dropout off.'
    : 'It does not learn: see that labels and inputs belong together, check the gradients and the first weights, and look for dead units.';
}

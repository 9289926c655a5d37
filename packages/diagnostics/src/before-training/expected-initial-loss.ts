import { checkNumber, checkOneOf, DownhillError } from '@downhill/core';
import { log } from '@downhill/core/math';

/** Options of {@link expectedInitialLoss}. */
export interface ExpectedInitialLossOptions {
  /** What comes last: `softmax` over classes, one `sigmoid`, or `linear` outputs. */
  readonly head: 'softmax' | 'sigmoid' | 'linear';
  /** @defaultValue 'crossEntropy' of softmax and sigmoid, 'meanSquaredError' of linear outputs */
  readonly loss?: 'crossEntropy' | 'meanSquaredError' | 'meanAbsoluteError';
  /** Number of classes; with squared errors the targets are one-hot rows. */
  readonly classes?: number;
  /** The share of each class, which sum to 1; tells what the bias can do. */
  readonly priors?: readonly number[];
  /** The share of positive examples of a sigmoid. */
  readonly positiveRate?: number;
  /** Targets of linear outputs, one row an example. */
  readonly targets?: readonly (readonly number[])[];
}

/** What a model that knows nothing yet should show. */
export interface ExpectedInitialLoss {
  /** With all outputs (logits) at 0, as a small last layer gives them. */
  readonly loss: number;
  /** With the best constant outputs: what the bias alone can reach. A model that stays above it has learned nothing. */
  readonly constantLoss: number;
  /** The bias that reaches it. */
  readonly bias: readonly number[];
  /** The accuracy to expect of a guess; of classes only. */
  readonly accuracy?: number;
  /** The accuracy of always naming the most frequent class. */
  readonly majorityAccuracy?: number;
}

/**
 * The loss that an untrained model should show: the first thing to look at, before any training.
 *
 *     softmax: ln C        sigmoid: ln 2        squared errors: mean(y²)        one-hot rows: 1/C, behind a softmax (C − 1)/C²
 *
 * Squared and absolute errors are means over examples and outputs.
 *
 * @example
 * const { loss, accuracy } = expectedInitialLoss({ head: 'softmax', classes: 10 });
 * [loss, accuracy]; // [2.302585092994046, 0.1]
 *
 * @throws DownhillError `invalid-argument` where the head needs something that is not given, `data-invalid` for targets that are no table.
 */
export function expectedInitialLoss(options: ExpectedInitialLossOptions): ExpectedInitialLoss {
  const { head, targets } = options;
  checkOneOf(SOURCE, 'head', head, ['softmax', 'sigmoid', 'linear']);
  const { loss = head === 'linear' ? 'meanSquaredError' : 'crossEntropy' } = options;
  checkOneOf(SOURCE, 'loss', loss, ['crossEntropy', 'meanSquaredError', 'meanAbsoluteError']);
  if (head === 'sigmoid' && loss === 'crossEntropy') return ofSigmoid(options.positiveRate ?? 0.5);
  if (head === 'softmax' && loss !== 'meanAbsoluteError') return ofSoftmax(priorsOf(options), loss);
  if (head === 'linear' && loss === 'meanSquaredError' && targets === undefined) return ofOneHot(priorsOf(options));
  if (head === 'linear' && loss !== 'crossEntropy') return ofTargets(targets ?? [], loss);
  throw new DownhillError({
    code: 'invalid-argument',
    source: SOURCE,
    problem: `what to expect of ${loss} behind ${head} outputs is not known`,
    advice: 'Pass checkInitialLoss the number that you expect.',
  });
}

const SOURCE = 'expectedInitialLoss';
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const mean = (values: readonly number[]): number => sum(values) / values.length;
/** p ln p, which is 0 at 0. */
const information = (p: number): number => (p === 0 ? 0 : p * log(p));

function priorsOf({ classes, priors }: ExpectedInitialLossOptions): readonly number[] {
  if (priors === undefined) {
    checkNumber(SOURCE, { classes }, { min: 2, integer: true }, 'Or pass priors.');
    return Array.from({ length: classes ?? 0 }, () => 1 / (classes ?? 1));
  }
  for (const prior of priors) checkNumber(SOURCE, { prior }, { min: 0, max: 1 });
  checkNumber(SOURCE, { 'sum of priors': sum(priors) }, { min: 1 - 1e-6, max: 1 + 1e-6 });
  return priors;
}

function ofSoftmax(priors: readonly number[], loss: 'crossEntropy' | 'meanSquaredError'): ExpectedInitialLoss {
  const classes = priors.length;
  const numbers =
    loss === 'crossEntropy'
      ? { loss: log(classes), constantLoss: -sum(priors.map(information)) }
      : { loss: (classes - 1) / classes ** 2, constantLoss: spreadOfOneHot(priors) };
  return { ...numbers, bias: priors.map(log), accuracy: 1 / classes, majorityAccuracy: Math.max(...priors) };
}

/** The variance of one-hot rows, a mean over classes. */
const spreadOfOneHot = (priors: readonly number[]): number => mean(priors.map((p) => p * (1 - p)));

function ofOneHot(priors: readonly number[]): ExpectedInitialLoss {
  const classes = priors.length;
  const constantLoss = spreadOfOneHot(priors);
  return { loss: 1 / classes, constantLoss, bias: priors, accuracy: 1 / classes, majorityAccuracy: Math.max(...priors) };
}

function ofSigmoid(positiveRate: number): ExpectedInitialLoss {
  checkNumber(SOURCE, { positiveRate }, { min: 0, max: 1 });
  const [p, q] = [positiveRate, 1 - positiveRate];
  return {
    loss: log(2),
    constantLoss: -information(p) - information(q),
    bias: [log(p) - log(q)],
    accuracy: 0.5,
    majorityAccuracy: Math.max(p, q),
  };
}

function ofTargets(targets: readonly (readonly number[])[], loss: 'meanSquaredError' | 'meanAbsoluteError'): ExpectedInitialLoss {
  const outputs = targets[0]?.length ?? 0;
  if (outputs === 0 || !targets.every((row) => row.length === outputs && row.every(Number.isFinite)))
    throw new DownhillError({
      code: 'data-invalid',
      source: SOURCE,
      problem: '`targets` must be rows of one length, of finite numbers',
      advice: 'Pass targets: [[0.3], [1.2]], or classes where they are one-hot.',
    });
  const columns = Array.from({ length: outputs }, (_, j) => targets.map((row) => row[j] ?? 0));
  const [size, center] = loss === 'meanSquaredError' ? [(x: number) => x * x, mean] : [Math.abs, median];
  const bias = columns.map(center);
  const lossAt = (outputOf: (j: number) => number): number =>
    mean(columns.map((column, j) => mean(column.map((y) => size(y - outputOf(j))))));
  return { loss: lossAt(() => 0), constantLoss: lossAt((j) => bias[j] ?? 0), bias };
}

/** The middle one, or the mean of the middle two. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const [below, above] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.ceil((sorted.length - 1) / 2)]];
  return ((below ?? Number.NaN) + (above ?? Number.NaN)) / 2;
}

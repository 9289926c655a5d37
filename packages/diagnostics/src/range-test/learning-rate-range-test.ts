import { checkNumber, checkOneOf, complete, DownhillError, schedule, show, type Schedule, type Transform } from '@downhill/core';
import { pow } from '@downhill/core/math';
import { checkModel, type TrainOptions } from '@downhill/training';
import { keepingModel } from './keeping-model.ts';
import { rangeTestSvg, type RangeTestLosses } from './range-test-svg.ts';
import { shortRun } from './short-run.ts';
import { smoothedLosses } from './smoothed-losses.ts';
import { suggestLearningRates } from './suggest-learning-rates.ts';

/** What is trained for a test of learning rates. */
export interface RateTestSubject extends Pick<TrainOptions, 'model' | 'loss' | 'batches' | 'penalties' | 'signal'> {
  /** Makes the rule with the rate that is tested: `(learningRate) => adamw({ learningRate })`. */
  readonly transform: (learningRate: Schedule) => Transform;
}

/** Options of {@link learningRateRangeTest}; defaults from fastai's `lr_find`. */
export interface RangeTestOptions extends RateTestSubject {
  /** The rate of the first step. @defaultValue 1e-7 */
  readonly from?: number;
  /** The rate that the sweep goes to; the last step is one short of it. @defaultValue 10 */
  readonly to?: number;
  /** Steps, a batch each. @defaultValue 100 */
  readonly steps?: number;
  /** Even in the logarithm of the rate, or in the rate (Smith 2017). @defaultValue 'exponential' */
  readonly sweep?: 'exponential' | 'linear';
  /** Of the smoothed loss, in [0, 1). @defaultValue 0.98 */
  readonly beta?: number;
  /** The test ends when the smoothed loss is this many times its least. @defaultValue 4 */
  readonly divergence?: number;
}

/** What a range test saw. */
export interface RangeTest extends RangeTestLosses {
  readonly stopped: 'finished' | 'diverged' | 'not finite';
  /** The losses over the rates, with the suggestions. */
  readonly svg: string;
}

/** fastai leaves out the first tenth, where nothing is learned yet, and the last five losses, where it diverges. */
const SKIP_END = 5;

/**
 * Trains for a few steps at ever higher rates and looks where the loss begins to fall, falls fastest and blows up.
 *
 *     rateᵢ = from (to / from)^(i / steps)        linear: rateᵢ = from + (to − from) i / steps
 *
 * Smith 2017 (arXiv:1506.01186), section 3.3; sweep, smoothing, end and suggestions as in fastai's `LRFinder`. The rule is made for
 * the test and disposed of: an optimizer of yours keeps its state. Weights, batch-norm averages and the draws of stochastic layers are
 * afterwards, and after an error too, what they were (those of our packages; tfjs's own dropout keeps no count that could be put back).
 * Costs `steps` training steps and a copy of the weights.
 *
 * @example
 * const model = tf.sequential({ layers: [tf.layers.dense({ units: 2, inputShape: [1] })] });
 * const data = { xs: { values: new Float32Array([1, 2, 3, 4]), shape: [1] }, ys: { values: new Int32Array([0, 0, 1, 1]), shape: [] } };
 * const subject = { model, loss: softmaxCrossEntropy, batches: batches(data, { shuffle: 1 }) };
 * const { rates } = await learningRateRangeTest({ ...subject, transform: (learningRate) => adamw({ learningRate }), from: 0.001, to: 0.1, steps: 2 });
 * rates; // [0.001, 0.01]
 *
 * @throws DownhillError `invalid-argument` for an option out of its range, `aborted` where the signal asks for it.
 */
export async function learningRateRangeTest(options: RangeTestOptions): Promise<RangeTest> {
  const { beta, divergence, from, steps, sweep, to, transform, ...subject } = complete('learningRateRangeTest', options, {
    model: undefined,
    loss: undefined,
    batches: undefined,
    transform: undefined,
    penalties: undefined,
    signal: undefined,
    from: 1e-7,
    to: 10,
    steps: 100,
    sweep: 'exponential',
    beta: 0.98,
    divergence: 4,
  }) as RangeTestOptions & Required<Pick<RangeTestOptions, 'from' | 'to' | 'steps' | 'sweep' | 'beta' | 'divergence'>>;
  checkSubject('learningRateRangeTest', options);
  checkNumber('learningRateRangeTest', { from }, { above: 0 });
  checkNumber('learningRateRangeTest', { to }, { above: from }, 'The sweep goes upwards.');
  checkNumber('learningRateRangeTest', { steps }, { min: 2, integer: true });
  checkNumber('learningRateRangeTest', { beta }, { min: 0, below: 1 });
  checkNumber('learningRateRangeTest', { divergence }, { above: 1 });
  checkOneOf('learningRateRangeTest', 'sweep', sweep, ['exponential', 'linear']);
  const rateAt = (step: number): number => (sweep === 'linear' ? from + ((to - from) * step) / steps : from * pow(to / from, step / steps));
  const rule = transform(schedule({ name: 'learningRateSweep', config: { from, to, steps, sweep }, at: rateAt }));

  const losses: number[] = [];
  let stopped: RangeTest['stopped'] = 'finished';
  let least = Infinity;
  const onLoss = (loss: number): 'stop' | void => {
    losses.push(loss);
    const latest = smoothedLosses(losses, beta).at(-1) ?? loss;
    least = Math.min(least, latest);
    if (!Number.isFinite(loss)) stopped = 'not finite';
    else if (latest > least + (divergence - 1) * Math.abs(least)) stopped = 'diverged';
    return stopped === 'finished' ? undefined : 'stop';
  };
  await keepingModel(subject.model, () => shortRun({ ...subject, transform: rule, steps, onLoss }));

  const rates = losses.map((_, step) => rateAt(step));
  const smoothed = smoothedLosses(losses, beta);
  const suggestions = suggestLearningRates(rates, smoothed, { skipStart: Math.floor(steps / 10), skipEnd: SKIP_END });
  const seen = { rates, losses, smoothed, stopped, suggestions };
  return { ...seen, svg: rangeTestSvg(seen, sweep) };
}

/** @throws DownhillError `invalid-argument` where it is nothing that can be trained. */
export function checkSubject(source: string, { model, transform }: RateTestSubject): void {
  checkModel(source, model);
  if (typeof transform === 'function') return;
  throw new DownhillError({
    code: 'invalid-argument',
    source,
    problem: `\`transform\` must be a function that makes the rule with the rate it is given, got ${show(transform)}`,
    advice: 'Pass (learningRate) => adamw({ learningRate }).',
  });
}

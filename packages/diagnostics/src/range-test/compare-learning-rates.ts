import { checkNumber, complete, DownhillError, schedule, show } from '@downhill/core';
import { numberText } from '@downhill/core/page';
import { chartSvg } from '../reports/charts/chart-svg.ts';
import { cutOff } from './cut-off.ts';
import { checkSubject, type RateTestSubject } from './learning-rate-range-test.ts';
import { keepingModel } from './keeping-model.ts';
import { shortRun } from './short-run.ts';
import { smoothedLosses } from './smoothed-losses.ts';

/** Options of {@link compareLearningRates}. */
export interface CompareRatesOptions extends RateTestSubject {
  /** The rates by the name that each gets in the picture; {@link ratesAround} makes four around a good one. */
  readonly rates: Readonly<Record<string, number>>;
  /** Steps of each run, a batch each. @defaultValue 100 (slide 51: a good rate makes the loss fall within about 100 steps) */
  readonly steps?: number;
  /** Of the smoothed loss, in [0, 1). @defaultValue 0.9 */
  readonly beta?: number;
}

/** One rate's run. */
export interface RateCurve {
  readonly name: string;
  readonly rate: number;
  /** Each batch's loss; the run ends with the first that is not finite. */
  readonly losses: readonly number[];
  readonly smoothed: readonly number[];
}

export interface RateComparison {
  readonly curves: readonly RateCurve[];
  /** The smoothed losses over the steps, one line a rate. */
  readonly svg: string;
}

/**
 * A good rate with one too low, one too high and one very high, as in the picture of the lecture on training networks (CS231n, "effect of
 * the learning rate").
 *
 * @example
 * ratesAround(0.01); // { 'too low': 0.0001, good: 0.01, 'too high': 0.1, 'very high': 1 }
 *
 * @throws DownhillError `invalid-argument` for a rate that is not above 0.
 */
export function ratesAround(good: number): Record<'too low' | 'good' | 'too high' | 'very high', number> {
  checkNumber('ratesAround', { good }, { above: 0 });
  return { 'too low': good / 100, good, 'too high': good * 10, 'very high': good * 100 };
}

/**
 * Trains for a few steps at each of some rates, every time from the same start on the same batches, and draws the losses side by side.
 * Afterwards, and after an error too, the model is what it was, as after `learningRateRangeTest`. Costs `steps` training steps a rate
 * and a copy of the weights.
 *
 * @example
 * const model = tf.sequential({ layers: [tf.layers.dense({ units: 2, inputShape: [1] })] });
 * const data = { xs: { values: new Float32Array([1, 2, 3, 4]), shape: [1] }, ys: { values: new Int32Array([0, 0, 1, 1]), shape: [] } };
 * const subject = { model, loss: softmaxCrossEntropy, batches: batches(data, { shuffle: 1 }) };
 * const { curves } = await compareLearningRates({ ...subject, transform: (learningRate) => sgd({ learningRate }), rates: ratesAround(0.1), steps: 5 });
 * curves.map(({ name }) => name); // ['too low', 'good', 'too high', 'very high']
 *
 * @throws DownhillError `invalid-argument` for an option out of its range, `aborted` where the signal asks for it.
 */
export async function compareLearningRates(options: CompareRatesOptions): Promise<RateComparison> {
  const { beta, rates, steps, transform, ...subject } = complete('compareLearningRates', options, {
    model: undefined,
    loss: undefined,
    batches: undefined,
    transform: undefined,
    penalties: undefined,
    signal: undefined,
    rates: {},
    steps: 100,
    beta: 0.9,
  }) as Required<CompareRatesOptions>;
  checkSubject('compareLearningRates', options);
  if (typeof rates !== 'object' || rates === null || Object.keys(rates).length === 0)
    throw new DownhillError({
      code: 'invalid-argument',
      source: 'compareLearningRates',
      problem: `\`rates\` must be an object of at least one rate by name, got ${show(rates)}`,
      advice: 'Pass ratesAround(0.01), or { slow: 0.001, fast: 0.1 }.',
    });
  checkNumber('compareLearningRates', rates, { above: 0 });
  checkNumber('compareLearningRates', { steps }, { min: 2, integer: true });
  checkNumber('compareLearningRates', { beta }, { min: 0, below: 1 });
  const curves = await keepingModel(subject.model, async (putBack) => {
    const found: RateCurve[] = [];
    for (const [name, rate] of Object.entries(rates)) {
      putBack();
      const losses: number[] = [];
      const onLoss = (loss: number): 'stop' | void => {
        losses.push(loss);
        return Number.isFinite(loss) ? undefined : 'stop';
      };
      const rule = transform(schedule({ name: 'constant', config: { rate }, at: () => rate }));
      await shortRun({ ...subject, transform: rule, steps, onLoss });
      found.push({ name, rate, losses, smoothed: smoothedLosses(losses, beta) });
    }
    return found;
  });
  return { curves, svg: comparisonSvg(curves) };
}

/** The smoothed losses side by side. */
const comparisonSvg = (curves: readonly RateCurve[]): string =>
  chartSvg(
    curves.map(({ name, rate, smoothed }) => ({ name: `${name} (${numberText(rate, 2)})`, y: smoothed })),
    {
      title: 'Loss by learning rate',
      xLabel: 'step',
      yLabel: 'loss',
      most: cutOff(curves.flatMap(({ smoothed }) => smoothed.slice(0, 1))),
    },
  );

import { batches, type Batch, type BatchSource } from '@downhill/training';
import type { Check, Verdict } from '../before-training/check.ts';
import { shortNumber } from '../before-training/check-text.ts';
import { compareLearningRates, type RateCurve } from '../range-test/compare-learning-rates.ts';
import { learningRateRangeTest } from '../range-test/learning-rate-range-test.ts';
import type { LearningRateSuggestions } from '../range-test/suggest-learning-rates.ts';
import type { Found, Outcome } from './guided-step.ts';
import type { StepOfWalk, Walk } from './walk.ts';

/** Slide 51: some rate between 1e-1 and 1e-4 makes the loss fall within about 100 steps. */
export const learningRateStep: StepOfWalk = {
  name: 'a learning rate that makes the loss fall',
  does: 'Sweeps the learning rate once, then trains briefly at a few rates from the same start.',
  pointless({ steps }: Found) {
    const overfitted = steps.find(({ step }) => step === 2);
    if (overfitted === undefined) return 'The loss is no finite number: mend step 1 first.';
    if (overfitted.verdict !== 'failed') return undefined;
    return 'A model that cannot learn a few examples by heart will not learn many at any rate: mend step 2 first.';
  },
  run: findRate,
};

/** The sweep reaches from far below the rates of slide 51 to where nearly every model diverges. */
const SWEEP = { from: 1e-5, to: 10 };
/** Of the smoothed losses of the short runs. */
const BETA = 0.9;
/** A run whose loss comes below the first share of its start has fallen, one above the second has not. */
const [FALLEN, NOT_FALLEN] = [0.9, 0.98];

async function findRate({ subject, training, transform, batchSize, seed, rates, rateSteps, emit }: Walk): Promise<Outcome> {
  const of = rateSteps * (rates.length + 2);
  let done = 0;
  const tick = (): void => emit({ type: 'progress', step: 3, done: Math.min((done += 1), of), of, text: 'steps' });
  const shared = {
    ...subject,
    transform: (learningRate: Parameters<typeof transform>[0]['learningRate']) => transform({ learningRate, weightDecay: 0 }),
    batches: counted(batches(training, { batchSize, shuffle: seed }), tick),
    steps: rateSteps,
  };
  const { suggestions } = await learningRateRangeTest({ ...shared, ...SWEEP });
  const { curves } = await compareLearningRates({ ...shared, beta: BETA, rates: named(rates, suggestions?.valley) });
  const best = curves.reduce((one, other) => (endOf(other) < endOf(one) ? other : one));
  const first = best.losses[0] ?? Number.NaN;
  const numbers = { learningRate: best.rate, first, last: endOf(best), fall: endOf(best) / first, steps: rateSteps };
  return {
    check: judged({ ...suggested(suggestions), ...numbers }, curves),
    chart: {
      title: `The loss in ${rateSteps} steps, by learning rate`,
      xLabel: 'step',
      yLabel: 'smoothed loss',
      series: curves.map(({ name, smoothed }) => ({ name, y: smoothed.map((loss) => (loss <= 2 * first ? loss : null)) })),
    },
    learningRate: best.rate,
  };
}

/** The rates by the names of the picture; that of the range test joins them where it is not one of them already. */
function named(rates: readonly number[], valley: number | undefined): Record<string, number> {
  const listed = Object.fromEntries(rates.map((rate) => [String(rate), rate]));
  if (valley === undefined || rates.some((rate) => Math.abs(rate - valley) < 0.1 * rate)) return listed;
  return { ...listed, [`${valley.toPrecision(2)} (range test)`]: Number(valley.toPrecision(2)) };
}

const suggested = (suggestions: LearningRateSuggestions | undefined): Readonly<Record<string, number>> =>
  suggestions === undefined ? {} : { steepest: suggestions.steepest, valley: suggestions.valley };

const endOf = ({ smoothed }: RateCurve): number => {
  const last = smoothed.at(-1) ?? Number.NaN;
  return Number.isFinite(last) ? last : Infinity;
};

type Numbers = Readonly<Record<'learningRate' | 'first' | 'last' | 'fall' | 'steps', number>>;

function judged(numbers: Numbers, curves: readonly RateCurve[]): Check {
  const { learningRate, first, last, fall, steps } = numbers;
  const verdict: Verdict = fall <= FALLEN ? 'ok' : fall <= NOT_FALLEN ? 'warning' : 'failed';
  return {
    kind: 'check',
    name: learningRateStep.name,
    verdict,
    summary:
      verdict === 'failed'
        ? `no rate made the loss fall in ${steps} steps; the best, ${learningRate}, took it from ${shortNumber(first)} to ${shortNumber(last)}.`
        : `at ${learningRate} the loss fell from ${shortNumber(first)} to ${shortNumber(last)} in ${steps} steps.`,
    numbers,
    advice: {
      ok: `Go on with rates around ${learningRate}.`,
      warning: 'It falls, but hardly: give it more steps, look at the scale of the inputs, or take a rule with momentum.',
      failed: 'Look at the scale of the inputs, the first weights and the gradients, and try rates outside of these.',
    }[verdict],
    meaning:
      'A model that knows 16 examples by heart, but whose loss no rate brings down on all data, has labels that do not follow from the inputs, inputs of odd scale, or penalties that outweigh the loss.',
    table: {
      columns: ['learning rate', 'loss at the start', 'loss at the end'],
      rows: curves.map((curve) => [curve.name, curve.losses[0] ?? Number.NaN, endOf(curve)]),
    },
  };
}

/** A source whose batches are counted as they are taken. */
function counted(source: BatchSource, onBatch: () => void): BatchSource {
  return {
    ...source,
    async *batches(epoch, from): AsyncGenerator<Batch> {
      for await (const batch of source.batches(epoch, from)) {
        onBatch();
        yield batch;
      }
    },
  };
}

import { checkNumber, checkOneOf, complete, DownhillError, isTransform, show, type Transform } from '@downhill/core';
import { examplesOf, softmaxCrossEntropy, split, type ArrayData, type Loss, type TrainOptions } from '@downhill/training';
import { momentumRule } from './default-rule.ts';
import { gridSearch } from './grid-search.ts';
import type { GuidedEvent } from './guided-step.ts';
import type { Search } from './search.ts';
import type { RuleSettings, SearchBudget, Walk } from './walk.ts';

/** What is learned from, and what tells how good that is. */
export interface SevenStepsData {
  readonly training: ArrayData;
  /** @defaultValue a tenth of the training examples, drawn from the seed */
  readonly validation?: ArrayData;
}

/** Options of {@link sevenSteps}. */
export interface SevenStepsOptions extends Pick<TrainOptions, 'penalties' | 'signal'> {
  /** How steps 4 and 5 look for settings. @defaultValue gridSearch */
  readonly search?: Search;
  /** @defaultValue softmaxCrossEntropy */
  readonly loss?: Loss;
  /** Makes the rule: `({ learningRate, weightDecay }) => adamw({ learningRate, weightDecay })`. @defaultValue SGD with momentum 0.9 and an L2 penalty */
  readonly transform?: (settings: RuleSettings) => Transform;
  /** @defaultValue 32, as in Keras */
  readonly batchSize?: number;
  /** Decides the first weights of a model that a factory makes, the order of the data and what is held out. @defaultValue 0 */
  readonly seed?: number;
  /** The loss to expect before training. @defaultValue that of outputs that are all 0 (see `checkInitialLoss`) */
  readonly expectedLoss?: number;
  /** Tried in step 3, beside the suggestion of a range test. @defaultValue [0.1, 0.01, 0.001, 0.0001] (slide 51) */
  readonly rates?: readonly number[];
  /** Steps of each of these. @defaultValue 100 (slide 51) */
  readonly rateSteps?: number;
  /** Tried in step 4. @defaultValue [1e-4, 1e-5, 0] (slide 52) */
  readonly weightDecays?: readonly number[];
  /** Of step 4. @defaultValue { trials: 15, epochs: 1 } (slide 52: 1 to 5 epochs) */
  readonly coarse?: SearchBudget;
  /** Of step 5. @defaultValue { trials: 6, epochs: 10 } (slide 53: longer) */
  readonly fine?: SearchBudget;
  /** For the doctor. @defaultValue the width of the outputs with softmaxCrossEntropy */
  readonly classes?: number;
  /** For the doctor, and whether accuracy is measured. @defaultValue known for softmaxCrossEntropy and meanSquaredError */
  readonly lossFunction?: 'crossEntropy' | 'meanSquaredError';
  /** Hears of every step, and of the progress within; what it throws ends the walk. */
  readonly onEvent?: (event: GuidedEvent) => void;
}

/** Options with nothing left open but what may be left out. */
export type CheckedOptions = Omit<Walk, 'subject' | 'training' | 'validation' | 'task' | 'emit'> & {
  readonly [Name in 'penalties' | 'signal' | 'classes' | 'lossFunction']: SevenStepsOptions[Name] | undefined;
} & {
  readonly loss: Loss;
  readonly onEvent: (event: GuidedEvent) => void;
};

/** @throws DownhillError `invalid-argument` naming the first option that is wrong. */
export function checkedOptions(options: SevenStepsOptions): CheckedOptions {
  const checked = complete(SOURCE, options, {
    search: gridSearch,
    loss: softmaxCrossEntropy,
    transform: momentumRule,
    penalties: undefined,
    signal: undefined,
    batchSize: 32,
    seed: 0,
    expectedLoss: undefined,
    rates: [0.1, 0.01, 0.001, 0.0001],
    rateSteps: 100,
    weightDecays: [1e-4, 1e-5, 0],
    coarse: { trials: 15, epochs: 1 },
    fine: { trials: 6, epochs: 10 },
    classes: undefined,
    lossFunction: undefined,
    onEvent: () => {},
  });
  const { search, transform, batchSize, seed, expectedLoss, rates, rateSteps, weightDecays, coarse, fine, classes, lossFunction } = checked;
  checkNumber(SOURCE, { batchSize }, { min: 1, integer: true });
  checkNumber(SOURCE, { seed }, { integer: true });
  checkNumber(SOURCE, { rateSteps }, { min: 2, integer: true });
  if (expectedLoss !== undefined) checkNumber(SOURCE, { expectedLoss }, { above: 0 });
  if (classes !== undefined) checkNumber(SOURCE, { classes }, { min: 2, integer: true });
  checkNumber(SOURCE, { 'rates.length': rates.length, 'weightDecays.length': weightDecays.length }, { min: 1 });
  for (const rate of rates) checkNumber(SOURCE, { rate }, { above: 0 });
  for (const weightDecay of weightDecays) checkNumber(SOURCE, { weightDecay }, { min: 0 });
  for (const [name, { trials, epochs }] of Object.entries({ coarse, fine }))
    checkNumber(SOURCE, { [`${name}.trials`]: trials, [`${name}.epochs`]: epochs }, { min: 1, integer: true });
  if (lossFunction !== undefined) checkOneOf(SOURCE, 'lossFunction', lossFunction, ['crossEntropy', 'meanSquaredError']);
  if (typeof search !== 'function') throw wrong(`\`search\` must be a function, got ${show(search)}`, 'gridSearch is one.');
  if (typeof transform !== 'function' || !isTransform(transform({ learningRate: 0.1, weightDecay: 0 })))
    throw wrong(
      '`transform` must be a function that makes a rule of { learningRate, weightDecay }',
      'Pass ({ learningRate, weightDecay }) => adamw({ learningRate, weightDecay }).',
    );
  return checked;
}

/** @throws DownhillError `invalid-argument`, `shape-mismatch` */
export function checkedData(data: SevenStepsData | ArrayData, seed: number): Required<SevenStepsData> {
  const given = typeof data === 'object' && data !== null && 'xs' in data ? { training: data } : data;
  const { training, validation } = complete(SOURCE, given, { training: undefined as ArrayData | undefined, validation: undefined });
  if (training === undefined) throw wrong('`data` must be { training, validation }', 'Pass { training: { xs, ys } }.');
  checkNumber(SOURCE, { 'training examples': examplesOf(SOURCE, training) }, { min: 2 });
  if (validation !== undefined) return { training, validation };
  const share = Math.max(0.1, 1 / examplesOf(SOURCE, training));
  const { training: rest, heldOut } = split(training, { share, seed });
  return { training: rest, validation: heldOut };
}

const SOURCE = 'sevenSteps';

function wrong(problem: string, advice: string): DownhillError {
  return new DownhillError({ code: 'invalid-argument', source: SOURCE, problem, advice });
}

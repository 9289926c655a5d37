import { checkNumber, DownhillError, show } from '@downhill/core';
import { numberText } from '@downhill/core/page';
import { batches } from '@downhill/training';
import type { Check, CheckTable, Verdict } from '../before-training/check.ts';
import { shortNumber } from '../before-training/check-text.ts';
import type { ChartSeries } from '../reports/charts/chart-series.ts';
import { bestOf } from './grid-search.ts';
import type { Found, GuidedTrial, Outcome, RuleSetting, StepChart } from './guided-step.ts';
import type { SearchRequest, SearchSpace, Settings } from './search.ts';
import { trial } from './trial.ts';
import { isStop, stopped, type SearchBudget, type Walk } from './walk.ts';
import { count, settingsText, spread } from './words.ts';

/** One of the two searches. */
export interface SearchStep {
  readonly step: 4 | 5;
  readonly name: string;
  readonly space: SearchSpace<RuleSetting>;
  readonly budget: SearchBudget;
  readonly meaning: string;
  /** What to do next where all is well. */
  readonly goOn: string;
  /** The loss that it must come below, and what that is in words. */
  readonly target: { readonly loss: number; readonly words: string };
}

/** Searches a space, whatever the search; what was tried counts also where the signal breaks it off. */
export async function searched(walk: Walk, found: Found, wanted: SearchStep): Promise<Outcome> {
  const { step, space, budget } = wanted;
  const { search, seed, subject, emit } = walk;
  const trials: GuidedTrial[] = [];
  const stepsOfTrial = budget.epochs * batches(walk.training, { batchSize: walk.batchSize, shuffle: false }).batchesPerEpoch;
  const evaluate: Evaluate = oneAtATime(async (settings, report) => {
    checkNumber('search', { learningRate: settings.learningRate }, { above: 0 });
    checkNumber('search', { weightDecay: settings.weightDecay }, { min: 0 });
    const of = stepsOfTrial * Math.max(budget.trials, trials.length + 1);
    const text = `run ${trials.length + 1} of ${budget.trials}, ${settingsText(settings)}`;
    const tried = await trial(walk, {
      ...{ step, settings, epochs: budget.epochs, initialLoss: found.initialLoss, report },
      onEvent(event) {
        if (event.type === 'step') emit({ type: 'progress', step, done: stepsOfTrial * trials.length + event.step, of, text });
      },
    });
    trials.push(tried);
    emit({ type: 'trial', step, trial: tried });
    return tried.loss;
  });
  const { signal } = subject;
  const ended = (best: GuidedTrial | undefined): Outcome => {
    if (signal?.aborted === true && trials.length === 0) throw stopped();
    return outcomeOf({ trials, best, cut: signal?.aborted === true && trials.length < budget.trials }, found, wanted);
  };
  try {
    const { best } = await search({ space, evaluate, budget: budget.trials, seed, ...(signal === undefined ? {} : { signal }) });
    return ended(trialOf(best, trials));
  } catch (error) {
    if (!isStop(error, signal)) throw error;
    return ended(bestOf(trials));
  }
}

type Evaluate = SearchRequest<RuleSetting>['evaluate'];

/** Calls wait for one another: there is one model. */
function oneAtATime<Given extends readonly unknown[], Answer>(
  work: (...given: Given) => Promise<Answer>,
): (...given: Given) => Promise<Answer> {
  let last: Promise<unknown> = Promise.resolve();
  return (...given) => {
    const answer = last.then(() => work(...given));
    last = answer.catch(() => {}); // whoever called hears of it
    return answer;
  };
}

/** @throws DownhillError `invalid-argument` where the search names settings that it never evaluated. */
function trialOf(best: Settings<RuleSetting> | undefined, trials: readonly GuidedTrial[]): GuidedTrial | undefined {
  if (best === undefined && trials.length === 0) return undefined;
  const found = trials.find(({ settings }) => settings.learningRate === best?.learningRate && settings.weightDecay === best.weightDecay);
  if (found !== undefined) return found;
  throw new DownhillError({
    code: 'invalid-argument',
    source: 'sevenSteps',
    problem: `\`search\` must give { best, trials } with a best that it evaluated, got ${show(best)}`,
    advice: 'gridSearch is one.',
  });
}

/** What a search came to. */
interface Seen {
  readonly trials: readonly GuidedTrial[];
  readonly best: GuidedTrial | undefined;
  /** Whether the signal ended it early. */
  readonly cut: boolean;
}

function outcomeOf(seen: Seen, found: Found, wanted: SearchStep): Outcome {
  const { trials, best, cut } = seen;
  const all = [...found.trials, ...trials];
  const works = best !== undefined && best.loss < (found.guess ?? Infinity);
  const kept = works ? (bestOf([best, ...(found.best === undefined ? [] : [found.best])]) ?? best) : found.best;
  const edge = best === undefined || cut ? undefined : edgeOf(best, all, wanted);
  return {
    check: judged({ ...seen, works, edge }, wanted),
    chart: chartOf(trials, wanted),
    trials: all,
    ...(kept === undefined ? {} : { best: kept }),
  };
}

interface Judged extends Seen {
  /** Whether the best is better than a guess. */
  readonly works: boolean;
  readonly edge: Edge | undefined;
}

function judged({ trials, best, cut, works, edge }: Judged, wanted: SearchStep): Check {
  const { name, budget, meaning, target } = wanted;
  const short = best !== undefined && best.loss >= target.loss;
  const verdict: Verdict = !works ? 'failed' : short || cut || edge !== undefined ? 'warning' : 'ok';
  const told = `${count(trials.length, 'run')} of ${count(budget.epochs, 'epoch')}`;
  return {
    kind: 'check',
    name,
    verdict,
    summary: `${cut ? `cut off after ${trials.length} of ${budget.trials} runs: ` : ''}${best === undefined ? 'the search tried nothing.' : `of ${told} the best has ${bestText(best)}.`}`,
    numbers: {
      trials: trials.length,
      epochs: budget.epochs,
      broken: trials.filter(({ loss }) => !Number.isFinite(loss)).length,
      ...(best === undefined ? {} : { ...best.settings, loss: best.loss }),
    },
    advice: adviceFor({ works, cut, edge, short }, wanted),
    meaning,
    table: tableOf(trials),
  };
}

type Signs = Pick<Judged, 'works' | 'cut' | 'edge'> & { readonly short: boolean };

function adviceFor({ works, cut, edge, short }: Signs, { goOn, target }: SearchStep): string {
  if (!works) return 'No run did better than a guess: go back to step 3 and take lower rates, or allow more epochs.';
  if (cut) return 'Search again to the end: what was left out may be better.';
  if (edge !== undefined) return `The best rate is the ${edge} that was tried: look further ${edge === 'highest' ? 'up' : 'down'} too.`;
  return short ? `It is not below ${target.words}: allow more epochs or other settings.` : goOn;
}

function bestText({ loss, curves, settings }: GuidedTrial): string {
  const accuracy = curves.validationAccuracy?.at(-1);
  const shown = accuracy === undefined || accuracy === null ? '' : ` (accuracy ${accuracy.toFixed(4)})`;
  return `a validation loss of ${shortNumber(loss)}${shown}, with ${settingsText(settings)}`;
}

type Edge = 'lowest' | 'highest';

/** Whether the best rate lies at an end of what was searched, and none beyond it was tried before. */
function edgeOf({ settings: { learningRate } }: GuidedTrial, all: readonly GuidedTrial[], { space }: SearchStep): Edge | undefined {
  const dimension = space.learningRate;
  if (dimension.kind === 'categorical' || dimension.low === dimension.high) return undefined;
  const rates = all.map(({ settings }) => settings.learningRate);
  if (learningRate <= 1.001 * dimension.low && learningRate <= Math.min(...rates)) return 'lowest';
  return learningRate >= 0.999 * dimension.high && learningRate >= Math.max(...rates) ? 'highest' : undefined;
}

const tableOf = (trials: readonly GuidedTrial[]): CheckTable => {
  const withAccuracy = trials.some(({ curves }) => curves.validationAccuracy !== undefined);
  return {
    columns: ['learning rate', 'weight decay', 'validation loss', ...(withAccuracy ? ['accuracy'] : [])],
    rows: [...trials]
      .sort((a, b) => a.loss - b.loss)
      .map(({ settings, loss, curves }) => [
        numberText(settings.learningRate, 3),
        numberText(settings.weightDecay, 3),
        loss,
        ...(withAccuracy ? [curves.validationAccuracy?.at(-1) ?? Number.NaN] : []),
      ]),
  };
};

/** Above so many weight decays their lines would only be dots. */
const LINES = 5;

/** The losses over the rates, one line a weight decay. */
function chartOf(trials: readonly GuidedTrial[], { name }: SearchStep): StepChart {
  const decays = [...new Set(trials.map(({ settings }) => settings.weightDecay))].sort((a, b) => b - a);
  const shared = decays.length <= LINES && decays.length < trials.length; // else lines of single points
  const groups = shared ? decays.map((decay) => [decay]) : [decays];
  const series = groups.map((group): ChartSeries => {
    const members = trials
      .filter(({ settings }) => group.includes(settings.weightDecay))
      .sort((a, b) => a.settings.learningRate - b.settings.learningRate);
    return {
      name: group.length === 1 ? `weight decay ${numberText(group[0] ?? 0, 3)}` : 'runs',
      x: members.map(({ settings }) => settings.learningRate),
      y: members.map(({ loss }) => (Number.isFinite(loss) ? loss : null)),
    };
  });
  const losses = trials.map(({ loss }) => loss).filter(Number.isFinite);
  const title = `Validation loss: ${name}`;
  return { title, xLabel: 'learning rate', yLabel: 'validation loss', logX: true, logY: spread(losses), series };
}

import { isDownhillError } from '@downhill/core';
import { withAveragedWeights } from '@downhill/ensembles';
import { optimizer, type DownhillOptimizer } from '@downhill/tfjs';
import { evaluate, train, type Hook, type Loss } from '@downhill/training';
import type { Rule } from '../rules/rules.ts';
import type { Problem, Start } from './problem.ts';

/** One run. */
export interface Run {
  readonly learningRate: number;
  readonly seed: number;
  /** Steps after which it has failed. */
  readonly mostSteps: number;
  readonly signal: AbortSignal;
}

/** What a run came to. */
export interface Descent {
  /** Until the target was reached; `null` where it was not. */
  readonly steps: number | null;
  /** Of loss and gradient: one or more a step. */
  readonly evaluations: number;
  /** The last loss that was measured. */
  readonly loss: number;
}

/** Steps are told to one part in so many: a loss costs time. */
const RESOLUTION = 20;

const isDue = (step: number, every: number): boolean => step % Math.max(every, Math.floor(step / RESOLUTION)) === 0;

/** Trains with a rule until the problem's target is reached. @throws DownhillError `aborted` when the signal says so */
export async function descend(
  { target, every, start }: Problem,
  rule: Rule,
  { learningRate, seed, mostSteps, signal }: Run,
): Promise<Descent> {
  const lesson = await start(seed);
  const ours = optimizer(rule.make(learningRate), { nonFinite: 'report' });
  let [evaluations, loss] = [0, Infinity];
  let steps: number | null = null;
  const counted: Loss = (ys, predictions) => {
    evaluations += 1;
    return lesson.loss(ys, predictions);
  };
  const judge: Hook = {
    kind: 'hook',
    name: 'judge',
    readsStatistics: () => false,
    async onStep({ step }) {
      if (!isDue(step, every) && step < mostSteps) return undefined;
      loss = await lossOf(lesson, ours);
      if (loss <= target) steps = step;
      return steps === step || step >= mostSteps || !Number.isFinite(loss) ? 'stop' : undefined;
    },
  };
  try {
    const { batches, model, seed: drawnFrom } = lesson;
    const { stopped } = await train({
      model,
      loss: counted,
      optimizer: ours,
      batches,
      epochs: Math.ceil(mostSteps / batches.batchesPerEpoch),
      hooks: [judge],
      signal,
      ...(drawnFrom === undefined ? {} : { seed: drawnFrom }),
    });
    if (stopped === 'signal') signal.throwIfAborted();
  } catch (error) {
    if (!isDownhillError(error) || error.code !== 'non-finite') throw error;
    loss = Infinity;
  } finally {
    ours.dispose();
    lesson.dispose();
  }
  return { steps, evaluations, loss };
}

/** The loss of the weights that a model is judged with: their average, where the rule keeps one. */
async function lossOf({ model, loss, judged }: Start, ours: DownhillOptimizer): Promise<number> {
  const measure = async (): Promise<number> => (await evaluate({ model, loss, batches: judged })).loss ?? Number.NaN;
  return ours.averageNames.length === 0 ? measure() : withAveragedWeights(model, measure, { optimizer: ours });
}

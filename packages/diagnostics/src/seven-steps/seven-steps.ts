import { checkModel, isLayersModel, type ArrayData, type TrainableModel } from '@downhill/training';
import { dispose } from '@tensorflow/tfjs-core';
import type { Diagnosis } from '../doctor/diagnose.ts';
import { curvesStep } from './curves-step.ts';
import { guidedStep, type Found, type GuidedStep, type GuidedTrial, type RuleSetting, type SkippedStep } from './guided-step.ts';
import { initialLossStep } from './initial-loss-step.ts';
import { learningRateStep } from './learning-rate-step.ts';
import { nextStep } from './next-step.ts';
import { checkedData, checkedOptions, type SevenStepsData, type SevenStepsOptions } from './options.ts';
import { overfitStep } from './overfit-step.ts';
import type { Settings } from './search.ts';
import { coarseSearchStep, fineSearchStep } from './searches.ts';
import { taskOf } from './task.ts';
import { isStop, type StepOfWalk, type Walk } from './walk.ts';

/** What a guided run found. */
export interface SevenSteps {
  readonly steps: readonly GuidedStep[];
  /** What made no sense any more, and why. */
  readonly skipped: readonly SkippedStep[];
  /** The best settings; undefined where no run did better than a guess. */
  readonly best: Settings<RuleSetting> | undefined;
  /** All runs of the searches. */
  readonly trials: readonly GuidedTrial[];
  /** What the doctor says of the best run's curves. */
  readonly diagnosis: Diagnosis | undefined;
  /** What to do next, the most important first. */
  readonly next: readonly string[];
  readonly stopped: 'finished' | 'signal';
}

const STEPS: readonly StepOfWalk[] = [
  initialLossStep,
  overfitStep,
  learningRateStep,
  coarseSearchStep,
  fineSearchStep,
  curvesStep,
  nextStep,
];

/**
 * Walks the seven steps to good settings (CS231n, "choosing hyperparameters"; slides 49 to 55): the loss before training, a small sample
 * learned by heart, a learning rate that makes the loss fall within about 100 steps, a coarse search, a finer one, the curves of the best run,
 * what to do next. Each says how it came out, on which numbers, what that means and what to do, and has a picture.
 *
 * No finding is an error. A step that fails ends the walk only where the later ones make no sense: without a finite loss there is nothing to
 * train, what cannot learn a few examples will not learn many, and where no rate helps there is nothing to search among; `skipped` says so.
 * Every run starts from the same weights. Afterwards a model is what it was, to the bit: weights, batch-norm averages and the draws of our
 * stochastic layers; one that a factory made is disposed of. The same seed, model and data give the same result.
 *
 * Costs about `rateSteps` × (rates + 2) training steps and the epochs of the two searches.
 *
 * @example
 * const model = () => tf.sequential({ layers: [tf.layers.dense({ units: 2, inputShape: [1] })] });
 * const data = { xs: { values: Float32Array.from({ length: 40 }, (_, i) => i / 20 - 1), shape: [1] }, ys: { values: Int32Array.from({ length: 40 }, (_, i) => Number(i > 19)), shape: [] } };
 * const { steps } = await sevenSteps(model, data, { search: gridSearch, coarse: { trials: 3, epochs: 1 }, fine: { trials: 3, epochs: 5 } });
 * steps.map(({ step }) => step); // [1, 2, 3, 4, 5, 6, 7]
 *
 * @param model A model, or a function that makes one; its first weights are then drawn from the seed.
 * @param data Training data, of which a tenth is held out, or `{ training, validation }`.
 * @throws DownhillError `invalid-argument`, `shape-mismatch` for options and data that do not fit, and what `search` itself throws.
 */
export async function sevenSteps(
  model: TrainableModel | (() => TrainableModel),
  data: SevenStepsData | ArrayData,
  options: SevenStepsOptions = {},
): Promise<SevenSteps> {
  const checked = checkedOptions(options);
  const { training, validation } = checkedData(data, checked.seed);
  const made = typeof model === 'function' ? model() : model;
  checkModel('sevenSteps', made);
  try {
    if (typeof model === 'function') await seeded(made, checked.seed);
    const { loss, penalties, signal, onEvent, classes: _classes, lossFunction: _lossFunction, ...rest } = checked;
    const subject = {
      ...{ model: made, loss },
      ...(penalties === undefined ? {} : { penalties }),
      ...(signal === undefined ? {} : { signal }),
    };
    const task = await taskOf(made, training, checked);
    return await walked({ ...rest, subject, training, validation, task, emit: onEvent });
  } finally {
    if (typeof model === 'function') disposeModel(made);
  }
}

async function walked(walk: Walk): Promise<SevenSteps> {
  const { signal } = walk.subject;
  const skipped: SkippedStep[] = [];
  let found: Found = { steps: [], trials: [], next: [] };
  let stopped: SevenSteps['stopped'] = 'finished';
  for (const [i, { name, does, pointless, run }] of STEPS.entries()) {
    const step = i + 1;
    if (signal?.aborted === true) stopped = 'signal';
    const reason = stopped === 'signal' ? ASKED_TO_STOP : pointless(found);
    if (reason !== undefined) {
      skipped.push({ step, name, reason });
      walk.emit({ type: 'skipped', step, name, reason });
      continue;
    }
    walk.emit({ type: 'begin', step, name, does });
    try {
      const outcome = await run(walk, found);
      const { check: _check, chart: _chart, ...added } = outcome;
      const ended = guidedStep(step, outcome);
      found = { ...found, ...added, steps: [...found.steps, ended] };
      walk.emit({ type: 'end', step, found: ended });
    } catch (error) {
      if (!isStop(error, signal)) throw error;
      stopped = 'signal';
      skipped.push({ step, name, reason: ASKED_TO_STOP });
      walk.emit({ type: 'skipped', step, name, reason: ASKED_TO_STOP });
    }
  }
  const { steps, trials, best, diagnosis, next } = found;
  return { steps, skipped, best: best?.settings, trials, diagnosis, next, stopped };
}

const ASKED_TO_STOP = 'The signal asked to stop.';

async function seeded(model: TrainableModel, seed: number): Promise<void> {
  if (!isLayersModel(model)) return;
  const { seedModel } = await import('@downhill/tfjs/layers'); // tfjs-layers is there, since the model is
  seedModel(model, seed);
}

function disposeModel(model: TrainableModel): void {
  if (isLayersModel(model)) model.dispose();
  else dispose([...model.variables]);
}

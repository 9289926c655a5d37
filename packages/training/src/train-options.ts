import { checkNumber, DownhillError, isTransform, show, type TrainingHook, type Transform } from '@downhill/core';
import { optimizer as makeOptimizer } from '@downhill/tfjs';
import type { Optimizer, Scalar } from '@tensorflow/tfjs-core';
import { ownsLoss, statisticsOf, transformOf, type OptimizerStatistics } from './adapter.ts';
import type { BatchSource } from './batches.ts';
import type { CheckpointOptions } from './checkpoint/checkpointer.ts';
import type { TrainEvent } from './events.ts';
import type { Loss, Metric } from './losses.ts';
import { checkModel, type TrainableModel } from './model.ts';
import type { TrainView } from './view.ts';

/** A hook of the loop. */
export type Hook = TrainingHook<TrainView>;

/** Evaluates a model in another state, and leaves it as it was. */
export type ValidationView = (
  run: { readonly model: TrainableModel; readonly optimizer: Optimizer },
  evaluate: () => Promise<Record<string, number>>,
) => Promise<Record<string, number>>;

export interface TrainOptions {
  readonly model: TrainableModel;
  readonly loss: Loss;
  /** What the optimizer is made of; it is disposed of at the end. */
  readonly transform?: Transform;
  /** Instead of `transform`: an optimizer of your own, which stays yours. */
  readonly optimizer?: Optimizer;
  readonly batches: BatchSource;
  /** How often the data is gone through. */
  readonly epochs: number;
  /** Where given, the initial weights are drawn anew from it, and stochastic layers draw from it. */
  readonly seed?: number;
  /** Means over each epoch, beside `loss`. */
  readonly metrics?: Readonly<Record<string, Metric>>;
  /** Evaluated after each epoch, as `val_loss` and so on. */
  readonly validation?: BatchSource;
  /**
   * More validations after each epoch, of the model in another state, such as with averaged weights: `{ ema: averagedValidation() }` adds
   * `val_ema_loss` and so on. Each goes over `validation` once.
   */
  readonly validationViews?: Readonly<Record<string, ValidationView>>;
  /** Terms that are added to the loss, such as a weight penalty. */
  readonly penalties?: () => Scalar | readonly Scalar[];
  /**
   * Numbers made of the optimizer's statistics after each step, which join the step's metrics and their means over the epoch:
   * `{ penalty: totalPenalty }`. @defaultValue none: the statistics are not read
   */
  readonly statistics?: Readonly<Record<string, (statistics: OptimizerStatistics) => number>>;
  readonly hooks?: readonly Hook[];
  readonly checkpoints?: CheckpointOptions;
  /** Asks the run to end: after the step at hand, with a checkpoint where there is a store. */
  readonly signal?: AbortSignal;
  /** Hears of every step, epoch and checkpoint; what it throws ends the run. */
  readonly onEvent?: (event: TrainEvent) => void;
  /**
   * What a NaN or an infinity does: `error` ends the run before the loss at fault reaches a weight, `skip` leaves such steps out,
   * `report` goes on and leaves it to the optimizer's statistics. @defaultValue 'error', and 'skip' where the chain has `applyIfFinite`
   */
  readonly nonFinite?: 'report' | 'skip' | 'error';
}

/** @throws DownhillError `invalid-argument` naming the first option that is wrong. */
export function checkTrainOptions({
  model,
  loss,
  transform,
  optimizer,
  batches,
  epochs,
  seed,
  metrics = {},
  statistics = {},
  validation,
  validationViews = {},
  hooks = [],
}: TrainOptions): void {
  checkModel('train', model);
  checkNumber('train', { epochs }, { min: 0, integer: true });
  if (seed !== undefined) checkNumber('train', { seed }, { integer: true });
  if (typeof loss !== 'function')
    throw wrong(`\`loss\` must be a function (ys, predictions) => tensor, got ${show(loss)}`, 'softmaxCrossEntropy is one.');
  if ((transform === undefined) === (optimizer === undefined))
    throw wrong('one of `transform` and `optimizer` must be given', 'Pass transform: adamw().');
  if (transform !== undefined && !isTransform(transform))
    throw wrong(`\`transform\` must be a transform, got ${show(transform)}`, 'adamw() is one.');
  if (typeof batches?.batches !== 'function' || !Number.isSafeInteger(batches.batchesPerEpoch))
    throw wrong(
      `\`batches\` must be { examples, batchesPerEpoch, batches(epoch, from) }, got ${show(batches)}`,
      'batches(data, options) makes one.',
    );
  const taken = Object.keys(statistics).find((name) => name === 'loss' || name in metrics);
  if (taken !== undefined) throw wrong(`\`statistics\` has a '${taken}', which is the name of a metric`, 'Choose another name.');
  if (validation === undefined && Object.keys(validationViews).length > 0)
    throw wrong('`validationViews` needs `validation`', 'Pass the batches to validate on.');
  const names = hooks.map(({ name }) => name);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) throw wrong(`two of \`hooks\` are named '${twice}'`, 'Their names tell them apart in a checkpoint.');
}

function wrong(problem: string, advice: string): DownhillError {
  return new DownhillError({ code: 'invalid-argument', source: 'train', problem, advice });
}

/** @throws DownhillError `unsupported` where a hook would wait in vain for gradients, or the optimizer has no statistics to read. */
export function checkWishes({ hooks = [], statistics }: TrainOptions, optimizer: Optimizer): void {
  if (statistics !== undefined && statisticsOf(optimizer) === undefined)
    throw new DownhillError({
      code: 'unsupported',
      source: 'train',
      problem: '`statistics` wants those of the optimizer, which has none',
      advice: 'Pass transform: adamw(), or the optimizer(...) of @downhill/tfjs.',
    });
  const waiting = hooks.find(({ onGradients }) => onGradients !== undefined);
  if (waiting === undefined || !ownsLoss(optimizer)) return;
  throw new DownhillError({
    code: 'unsupported',
    source: 'train',
    problem: `the hook '${waiting.name}' looks at gradients, which the optimizer takes by itself, several times a step`,
    advice: 'Leave the hook out, or use a rule that takes one gradient a step.',
  });
}

/** What a NaN does in a run. */
export function nonFiniteOf({ nonFinite, transform, optimizer }: TrainOptions): 'report' | 'skip' | 'error' {
  const chain = transform ?? (optimizer === undefined ? undefined : transformOf(optimizer));
  const skips = chain?.parts.some(({ rule }) => rule.skipsNonFinite !== undefined) ?? false;
  return nonFinite ?? (skips ? 'skip' : 'error');
}

/** The run's optimizer, and how to be rid of it. */
export function optimizerOf(options: TrainOptions): {
  readonly optimizer: Optimizer;
  dispose(): void;
} {
  const { transform, optimizer } = options;
  const nonFinite = nonFiniteOf(options);
  if (optimizer !== undefined) return { optimizer, dispose: () => {} };
  const made = makeOptimizer(transform as Transform, { nonFinite: nonFinite === 'error' ? 'report' : nonFinite });
  return { optimizer: made, dispose: () => made.dispose() };
}

import { DownhillError, isDownhillError, type EpochReport, type HookAnswer, type RunPosition } from '@downhill/core';
import { dispose, type Optimizer } from '@tensorflow/tfjs-core';
import { ownsLoss, prepareStep, scalarsOf, setReadsStatistics, statisticsOf } from './adapter.ts';
import { air } from './air.ts';
import { disposeBatch, type Batch } from './batches.ts';
import { checkpointer } from './checkpoint/checkpointer.ts';
import { clock, timed, type PhaseTimes } from './clock.ts';
import { evaluate } from './evaluate.ts';
import type { Stopped } from './events.ts';
import { lossOnBatch } from './loss-on-batch.ts';
import { addMeans, meansOf } from './means.ts';
import { trainableVariables } from './model.ts';
import { examplesIn, numbersOf } from './objective.ts';
import { captureRun, resumeRun, START, type Progress } from './progress.ts';
import { gradientStep, minimizeStep, type Objective } from './step.ts';
import { checkTrainOptions, checkWishes, nonFiniteOf, optimizerOf, type Hook, type TrainOptions } from './train-options.ts';
import type { PredictedBatch, Run, Step } from './view.ts';

export interface TrainResult extends RunPosition {
  readonly stopped: Stopped;
  /** What each epoch of this call amounted to. */
  readonly history: readonly EpochReport[];
  /** Where the time went. */
  readonly times: PhaseTimes;
}

/**
 * Trains a model: for each batch the loss and its gradients, the hooks' look at them, the update.
 *
 * The same options and seed give the same bits on the same backend, also when the run is interrupted and resumed from a checkpoint,
 * in the middle of an epoch too. Batches are disposed of; no tensor stays behind, whatever ends the run.
 *
 * @example
 * await train({ model, loss: softmaxCrossEntropy, transform: adamw(), batches: batches(data, { batchSize: 64, shuffle: 7 }), epochs: 3 });
 *
 * @throws DownhillError `invalid-argument` for wrong options, `non-finite` for a loss that is no number, `checkpoint-invalid` where no
 * checkpoint of the store is whole, `state-mismatch` where it is another run's.
 */
export async function train(options: TrainOptions): Promise<TrainResult> {
  checkTrainOptions(options);
  const { model, loss, batches, epochs, metrics = {}, hooks = [], signal, onEvent: emit = () => {} } = options;
  const nonFinite = nonFiniteOf(options);
  const objective: Objective = { model, loss, metrics, penalties: () => [options.penalties?.() ?? []].flat() };
  const { optimizer, dispose: disposeOptimizer } = optimizerOf(options);
  const run: Run = {
    ...{ model, loss, optimizer, batches, ...(options.validation === undefined ? {} : { validation: options.validation }) },
    showsGradients: !ownsLoss(optimizer),
    objective: (batch, mode) => lossOnBatch(objective, batch, mode),
  };
  const { measure, times } = clock();
  const saver = options.checkpoints && checkpointer(options.checkpoints, (name, step) => emit({ type: 'checkpoint', name, step }));
  const history: EpochReport[] = [];
  let at: Progress = START;
  let stopped: Stopped | undefined;
  const position = (): RunPosition => ({ step: at.step, steps: epochs * batches.batchesPerEpoch, epoch: at.epoch, epochs });

  /** One batch's way: gradients, hooks, update, hooks. */
  const learn = async (batch: Batch): Promise<void> => {
    for (const hook of hooks) if (hook.onBatch !== undefined) await measure('hooks', () => hook.onBatch?.(batch, position()));
    setReadsStatistics(optimizer, wantsStatistics(options, position()));
    const tensors = await measure('gradients', () =>
      ownsLoss(optimizer) ? minimizeStep(objective, batch, optimizer) : gradientStep(objective, batch),
    );
    const { predictions, gradients } = tensors;
    const step: Step = { batch, predictions, gradients, statistics: async () => (await statisticsOf(optimizer)?.()) ?? {} };
    try {
      const numbers = await measure('gradients', () => numbersOf({ ...tensors.metrics, loss: tensors.loss }));
      const { loss: value = Number.NaN, ...measured } = numbers;
      if (!Number.isFinite(value)) {
        for (const hook of hooks) await measure('hooks', () => hook.onNonFinite?.(step, position()));
        if (nonFinite === 'error') throw notFinite(value, at.step);
      }
      if (Object.keys(gradients).length > 0) {
        for (const hook of hooks) await measure('hooks', () => hook.onGradients?.(gradients, position()));
        await measure('update', () => optimizer.applyGradients(gradients));
      }
      const examples = examplesIn(batch);
      const read = await measure('update', () => readStatistics(options, optimizer));
      at = { ...at, step: at.step + 1, batch: at.batch + 1, sums: addMeans(at.sums, { ...numbers, ...read }, examples) };
      const report = { ...position(), loss: value, scalars: scalarsOf(optimizer), metrics: { ...measured, ...read }, examples };
      for (const hook of hooks) stopped = afterAnswer(stopped, await measure('hooks', () => hook.onStep?.(report, step)));
      emit({ type: 'step', ...report });
    } finally {
      dispose([tensors.loss, predictions, ...Object.values(tensors.metrics), ...Object.values(gradients)]);
    }
  };
  const save = (): Promise<void> =>
    measure('checkpoint', async () => saver?.begin(await captureRun(options, optimizer, { ...at, stopped: stopped === 'hook' })));

  try {
    checkWishes(options, optimizer);
    const resumed = await resumeRun(options, optimizer, emit);
    at = resumed?.progress ?? at;
    prepareStep(optimizer, trainableVariables(model));
    if (at.stopped) stopped = 'hook';
    const start = { ...position(), metrics: metricNames(options) };
    for (const hook of hooks) await hook.onStart?.(start, run);
    emit({ type: 'start', ...position(), ...(resumed === undefined ? {} : { resumedFrom: resumed.name }) });

    if (signal?.aborted === true) stopped ??= 'signal';
    while (at.epoch < epochs && stopped === undefined) {
      for await (const batch of timed(batches.batches(at.epoch, at.batch), { measure, times })) {
        try {
          await learn(batch);
        } finally {
          disposeBatch(batch);
        }
        if (saver?.due(at.step) === true) await save();
        await air();
        if (signal?.aborted === true) stopped ??= 'signal';
        if (stopped !== undefined) break;
      }
      if (stopped !== undefined) break;
      checkEpochLength(at.batch, batches.batchesPerEpoch);
      const validated = await measure('validation', () => validate(options, optimizer, position()));
      if (signal?.aborted === true) stopped = 'signal';
      if (validated === undefined) break;
      const means = { ...meansOf(at.sums), ...validated };
      at = { ...START, step: at.step, epoch: at.epoch + 1 };
      const report: EpochReport = { ...position(), metrics: means };
      history.push(report);
      for (const hook of hooks) stopped = afterAnswer(stopped, await measure('hooks', () => hook.onEpoch?.(report)));
      emit({ type: 'epoch', ...report });
      if (at.epoch < epochs && saver?.dueAfterEpoch(at.epoch) === true) {
        await saver.flush(); // one at a time
        await save();
      }
    }
    await saver?.flush();
    await save();
    await saver?.flush();
    emit({ type: 'end', ...position(), stopped: stopped ?? 'finished' });
    return { ...position(), stopped: stopped ?? 'finished', history, times };
  } finally {
    await saver?.flush().catch(() => {}); // a failed run has its own error
    for (const hook of hooks) await hook.onEnd?.(position());
    setReadsStatistics(optimizer, true);
    disposeOptimizer();
  }
}

function afterAnswer(stopped: Stopped | undefined, answer: HookAnswer): Stopped | undefined {
  if (answer === undefined || stopped === 'signal') return stopped;
  return answer === 'stop' ? 'hook' : (stopped ?? 'paused');
}

/** The names of an epoch's numbers. */
function metricNames({ metrics = {}, statistics = {}, validation, validationViews = {} }: TrainOptions): readonly string[] {
  const measured = ['loss', ...Object.keys(metrics)];
  const prefixes = validation === undefined ? [] : ['val', ...Object.keys(validationViews).map((view) => `val_${view}`)];
  return [...measured, ...Object.keys(statistics), ...prefixes.flatMap((prefix) => measured.map((name) => `${prefix}_${name}`))];
}

/** Whether anybody may read the statistics of the step at hand. */
function wantsStatistics({ statistics, hooks = [] }: TrainOptions, position: RunPosition): boolean {
  const reads = (hook: Hook): boolean => hook.readsStatistics?.(position) ?? hook.onStep !== undefined;
  return statistics !== undefined || hooks.length === 0 || hooks.some(reads);
}

/** What was asked of the statistics of the step that is done. */
async function readStatistics({ statistics }: TrainOptions, optimizer: Optimizer): Promise<Record<string, number>> {
  const given = statistics && (await statisticsOf(optimizer)?.());
  if (given === undefined) return {};
  return Object.fromEntries(Object.entries(statistics ?? {}).map(([name, make]) => [name, make(given)]));
}

/** The validation's means, `val_loss` and so on, and those of its views; `undefined` where the signal cut it short. */
async function validate(
  { model, loss, metrics = {}, validation, validationViews = {}, hooks = [], signal }: TrainOptions,
  optimizer: Optimizer,
  position: RunPosition,
): Promise<Record<string, number> | undefined> {
  if (validation === undefined) return {};
  const common = { model, loss, metrics, batches: validation, ...(signal === undefined ? {} : { signal }) };
  const onBatch = async (batch: PredictedBatch): Promise<void> => {
    for (const hook of hooks) await hook.onValidation?.(batch, position);
  };
  const prefixed = (prefix: string, means: Record<string, number>): [string, number][] =>
    Object.entries(means).map(([name, value]) => [`${prefix}_${name}`, value]);
  try {
    const all = prefixed('val', await evaluate({ ...common, onBatch }));
    for (const [name, view] of Object.entries(validationViews))
      all.push(...prefixed(`val_${name}`, await view({ model, optimizer }, () => evaluate(common))));
    return Object.fromEntries(all);
  } catch (error) {
    if (isDownhillError(error) && error.code === 'aborted') return undefined;
    throw error;
  }
}

function notFinite(value: number, step: number): DownhillError {
  return new DownhillError({
    code: 'non-finite',
    source: 'train',
    problem: `the loss is ${value} at step ${step}`,
    advice:
      'Lower the learning rate, put clipByGlobalNorm(1) first in the chain, or look for NaN in the data; the last checkpoint is from before.',
  });
}

function checkEpochLength(batches: number, expected: number): void {
  if (batches === expected) return;
  throw new DownhillError({
    code: 'data-invalid',
    source: 'train',
    problem: `the epoch had ${batches} batches where \`batchesPerEpoch\` is ${expected}`,
    advice: 'batches(epoch, from) must give the same batches at every call.',
  });
}

import { DownhillError, type Json } from '@downhill/core';
import { drawCounts } from '@downhill/tfjs';
import type { Optimizer } from '@tensorflow/tfjs-core';
import { transformOf } from './adapter.ts';
import { checkpointNames, latestCheckpoint, type Checkpoint, type RunState } from './checkpoint/checkpoint.ts';
import type { TrainEvent } from './events.ts';
import { NOTHING, type Sums } from './means.ts';
import { isLayersModel } from './model.ts';
import { captureTensors, restoreTensors } from './snapshot.ts';
import type { Hook, TrainOptions } from './train-options.ts';

/** How far a run has come. */
export interface Progress {
  /** Steps finished. */
  readonly step: number;
  /** Epochs finished. */
  readonly epoch: number;
  /** Batches of the current epoch that are finished. */
  readonly batch: number;
  readonly sums: Sums;
  /** Whether a hook ended the run. */
  readonly stopped: boolean;
}

export const START: Progress = { step: 0, epoch: 0, batch: 0, sums: NOTHING, stopped: false };

/** Everything that a resumed run needs. */
export async function captureRun(
  { model, seed, hooks = [] }: Pick<TrainOptions, 'model' | 'seed' | 'hooks'>,
  optimizer: Optimizer,
  at: Progress,
): Promise<Checkpoint> {
  const kept = hooks.flatMap((hook): [string, Json][] => (hook.saveState === undefined ? [] : [[hook.name, hook.saveState()]]));
  const transform = transformOf(optimizer);
  const { tensors, slots } = await captureTensors(model, optimizer);
  for (const hook of hooks) for (const [key, kept] of hook.saveTensors?.() ?? []) tensors.set(hookPrefix(hook.name) + key, kept);
  const state: RunState = {
    ...at,
    seed: seed ?? null,
    draws: isLayersModel(model) ? drawCounts(model) : {},
    transform: transform === undefined ? null : { ...transform.toJSON() },
    slots,
    hooks: Object.fromEntries(kept),
  };
  return { tensors, state };
}

/**
 * Makes the model ready: its initial weights where the run begins, all of its state where a checkpoint says how far it had come.
 *
 * @throws DownhillError `state-mismatch`, with nothing changed yet, where the checkpoint is not this run's; `invalid-argument` where a
 * new run would mix its checkpoints with another's.
 */
export async function resumeRun(
  options: TrainOptions,
  optimizer: Optimizer,
  emit: (event: TrainEvent) => void,
): Promise<{ readonly name: string; readonly progress: Progress } | undefined> {
  const { model, seed, hooks = [], checkpoints } = options;
  if (checkpoints !== undefined && checkpoints.resume !== true) await checkEmpty(checkpoints.store);
  const found =
    checkpoints?.resume === true
      ? await latestCheckpoint(checkpoints.store, (name, { message }) => emit({ type: 'refused', name, message }))
      : undefined;
  if (found !== undefined) checkSameRun(options, found.name, found.state);
  if (seed !== undefined && isLayersModel(model)) {
    const { seedModel } = await import('@downhill/tfjs/layers'); // tfjs-layers is there, since the model is
    seedModel(model, seed);
  }
  if (found === undefined) return undefined;
  const { name, state } = found;
  await restoreTensors(model, optimizer, found);
  for (const hook of hooks) loadHook(hook, found);
  const { step, epoch, batch, sums, stopped } = state;
  return { name, progress: { step, epoch, batch, sums, stopped } };
}

/** A hook's tensors in a checkpoint; a slash in its name would let one hook's begin like another's. */
const hookPrefix = (name: string): string => `hook/${encodeURIComponent(name)}/`;

function loadHook(hook: Hook, { state: { hooks }, tensors }: Checkpoint): void {
  const state = hooks[hook.name];
  if (state !== undefined) hook.loadState?.(state);
  const prefix = hookPrefix(hook.name);
  const kept = [...tensors].filter(([name]) => name.startsWith(prefix));
  hook.loadTensors?.(new Map(kept.map(([name, tensor]) => [name.slice(prefix.length), tensor])));
}

function checkSameRun({ seed, batches, hooks = [] }: TrainOptions, name: string, state: RunState): void {
  const mismatch = (problem: string, advice: string): DownhillError =>
    new DownhillError({ code: 'state-mismatch', source: name, problem, advice });
  if (state.seed !== (seed ?? null))
    throw mismatch(`the run was started with seed ${state.seed}, not ${seed ?? null}`, 'Resume it with the same seed.');
  if (state.epoch * batches.batchesPerEpoch + state.batch !== state.step)
    throw mismatch(
      `step ${state.step} is batch ${state.batch} of epoch ${state.epoch + 1}, which does not fit ${batches.batchesPerEpoch} batches an epoch`,
      'Resume it with the same data and batch size.',
    );
  const ours = hooks.map((hook) => hook.name);
  const missing = Object.keys(state.hooks).filter((hook) => !ours.includes(hook));
  if (missing.length > 0)
    throw mismatch(
      `it keeps state of the hooks ${missing.join(', ')}; this run has ${ours.join(', ') || 'no hooks'}`,
      'Pass the same hooks.',
    );
}

async function checkEmpty(store: NonNullable<TrainOptions['checkpoints']>['store']): Promise<void> {
  const names = await checkpointNames(store);
  if (names.length === 0) return;
  throw new DownhillError({
    code: 'invalid-argument',
    source: 'train',
    problem: `\`checkpoints.store\` holds checkpoints of an earlier run (${names.join(', ')})`,
    advice: 'Pass resume: true to go on with it, or an empty store to start anew.',
  });
}

import { checkNumber, type CheckpointStore, DownhillError } from '@downhill/core';
import { seedModel } from '@downhill/tfjs/layers';
import type { Optimizer } from '@tensorflow/tfjs-core';
import { Callback, type LayersModel } from '@tensorflow/tfjs-layers';
import { checkpointNames, latestCheckpoint, saveCheckpoint } from './checkpoint/checkpoint.ts';
import { captureRun, START } from './progress.ts';
import { restoreTensors } from './snapshot.ts';

export interface CheckpointCallbackOptions {
  /** A compiled model. */
  readonly model: LayersModel;
  readonly store: CheckpointStore;
  /** Epochs between checkpoints. @defaultValue 1 */
  readonly everyEpochs?: number;
  /** How many are kept. @defaultValue 3 */
  readonly keep?: number;
  /** Whether to go on from the store's last checkpoint; where it is empty, the run starts at the beginning. @defaultValue false */
  readonly resume?: boolean;
  /** Where given, the initial weights are drawn anew from it, and stochastic layers draw from it. */
  readonly seed?: number;
  /** Say `false` where you pass `shuffle: false` to `fit`, and the notice about shuffling is not shown. */
  readonly shuffle?: false;
  /** Hears of each checkpoint that is damaged and passed over. @defaultValue a line on the console */
  readonly onRefused?: (name: string, error: Error) => void;
}

/** A callback for `fit` and `fitDataset`. */
export interface CheckpointCallback extends Callback {
  /** Pass it to `fit` as `initialEpoch`. */
  readonly initialEpoch: number;
}

/**
 * Checkpoints and resume for your own `model.fit`, at the ends of epochs.
 *
 * `fit` shuffles with `Math.random`: a resumed run gives the bits of an uninterrupted one only with `shuffle: false`, or with
 * `fitDataset(batchDataset(batches(...)))`, whose order is seeded. {@link train} resumes exactly in the middle of an epoch, too.
 *
 * @example
 * const checkpoints = await checkpointCallback({ model, store: fileStore('run/checkpoints'), resume: true });
 * await model.fit(xs, ys, { epochs: 10, initialEpoch: checkpoints.initialEpoch, callbacks: checkpoints });
 *
 * @throws DownhillError `checkpoint-invalid` where no checkpoint of the store is whole, `state-mismatch` where it is another model's.
 */
export async function checkpointCallback(options: CheckpointCallbackOptions): Promise<CheckpointCallback> {
  const { model, store, everyEpochs = 1, keep = 3, resume = false, seed, onRefused = (_, { message }) => console.warn(message) } = options;
  checkNumber('checkpointCallback', { everyEpochs, keep }, { min: 1, integer: true });
  const found = resume ? await latestCheckpoint(store, onRefused) : undefined;
  if (!resume && (await checkpointNames(store)).length > 0)
    throw wrong('`store` holds checkpoints of an earlier run', 'Pass resume: true to go on with it, or an empty store to start anew.');
  if (found !== undefined && found.state.batch !== 0)
    throw new DownhillError({
      code: 'state-mismatch',
      source: found.name,
      problem: `it is from the middle of epoch ${found.state.epoch + 1}, where fit cannot begin`,
    });
  if (seed !== undefined) seedModel(model, seed);
  if (found !== undefined) await restoreTensors(model, optimizerOf(model), found);
  return new EpochCheckpoints(options, found?.state.epoch ?? 0, async (epochs) => {
    if (epochs % everyEpochs !== 0) return;
    const optimizer = optimizerOf(model);
    const at = { ...START, step: optimizer.iterations, epoch: epochs };
    await saveCheckpoint(store, await captureRun({ model, ...(seed === undefined ? {} : { seed }) }, optimizer, at), keep);
  });
}

let noticed = false;

class EpochCheckpoints extends Callback implements CheckpointCallback {
  readonly initialEpoch: number;
  private readonly options: CheckpointCallbackOptions;
  private readonly save: (epochs: number) => Promise<void>;
  private begun = false;

  constructor(options: CheckpointCallbackOptions, initialEpoch: number, save: (epochs: number) => Promise<void>) {
    super();
    this.options = options;
    this.initialEpoch = initialEpoch;
    this.save = save;
  }

  override async onTrainBegin(): Promise<void> {
    this.begun = false;
    const ofArrays = typeof this.params.samples === 'number'; // fitDataset does not know how many there are
    if (noticed || this.options.shuffle === false || !ofArrays) return;
    noticed = true;
    console.warn(
      'checkpointCallback: fit shuffles with Math.random unless it gets shuffle: false, so a resumed run will not repeat the same bits.',
    );
  }

  override async onEpochBegin(epoch: number): Promise<void> {
    if (!this.begun && epoch !== this.initialEpoch)
      throw wrong(
        `fit begins at epoch ${epoch}, the checkpoint at ${this.initialEpoch}`,
        'Pass initialEpoch: checkpoints.initialEpoch to fit.',
      );
    this.begun = true;
  }

  override onEpochEnd(epoch: number): Promise<void> {
    return this.save(epoch + 1);
  }
}

function optimizerOf({ optimizer }: LayersModel): Optimizer {
  if (optimizer !== undefined && optimizer !== null) return optimizer;
  throw wrong('`model` must be compiled', 'Call model.compile({ optimizer, loss }) first.');
}

function wrong(problem: string, advice: string): DownhillError {
  return new DownhillError({ code: 'invalid-argument', source: 'checkpointCallback', problem, advice });
}

import { DownhillError, type Transform } from '@downhill/core';
import { train, type Batch, type BatchSource, type TrainOptions } from '@downhill/training';

/** What a short run trains, and on what. */
export interface ShortRunOptions extends Pick<TrainOptions, 'model' | 'loss' | 'batches' | 'penalties' | 'signal'> {
  readonly transform: Transform;
  readonly steps: number;
  /** Hears of each batch's loss, from before its update; `'stop'` ends the run. */
  readonly onLoss: (loss: number) => 'stop' | void;
}

/** Trains for some steps, whatever an epoch's length. @throws DownhillError `aborted` where the signal asks for it. */
export async function shortRun({ batches, onLoss, steps, ...options }: ShortRunOptions): Promise<void> {
  const { stopped } = await train({
    ...options,
    batches: firstBatches(batches, steps),
    epochs: 1,
    nonFinite: 'report',
    hooks: [{ kind: 'hook', name: 'losses', onStep: ({ loss }) => onLoss(loss) }],
  });
  if (stopped === 'signal')
    throw new DownhillError({ code: 'aborted', source: 'learning rates', problem: 'the signal asked to stop; the model is as it was' });
}

/** The first batches of a source as one epoch; a new epoch of the source begins where one ends. */
function firstBatches(source: BatchSource, count: number): BatchSource {
  return {
    examples: source.examples,
    batchesPerEpoch: count,
    async *batches(): AsyncGenerator<Batch> {
      let left = count;
      for (let epoch = 0; left > 0; epoch++)
        for await (const batch of source.batches(epoch)) {
          yield batch;
          left -= 1;
          if (left === 0) return;
        }
    },
  };
}

import { DownhillError } from '@downhill/core';
import { Tensor, type Tensor4D } from '@tensorflow/tfjs-core';
import type { ImageBatches } from './augmented-batches.ts';
import type { WhichBatch } from '../mixing/batch-draws.ts';
import type { LabelledImages, MixedImages } from '../mixing/mixing.ts';
import { renewed } from './renewed.ts';

/** A batch that can be mixed: `Batch` of `@downhill/training` is one, where it has one input. */
export interface MixableBatch {
  /** [batch, height, width, channels] */
  readonly xs: Tensor | Tensor[];
  /** [batch] of class numbers, or [batch, classes]. */
  readonly ys: Tensor;
}

/** What mixes: `mixup(options)`, `cutmix(options)`. */
export interface Mixing {
  apply(batch: LabelledImages, which?: WhichBatch): MixedImages;
}

/** Options of {@link mixedBatches}. */
export interface MixedBatchesOptions {
  /** A safe integer. @defaultValue 0 */
  readonly seed?: number;
}

/**
 * The same batches with their images and labels mixed, for the training loop: the seed and the batch's place in the run decide what is
 * drawn, so that a run resumes with the same mixtures. The loss gets rows of shares of classes: `labelSmoothing()` of
 * `@downhill/regularization` takes them, and `softTargetCrossEntropy` of `@downhill/tfjs`.
 *
 * @example
 * const pairs = { batchesPerEpoch: 1, *batches() { yield { xs: tf.zeros([2, 8, 8, 3]), ys: tf.tensor1d([4, 7], 'int32') }; } };
 * const source = mixedBatches(pairs, mixup({ classes: 10 }), { seed: 1 });
 * source.batchesPerEpoch; // 1
 *
 * @throws DownhillError `invalid-argument`, when a batch is asked for, where one has several inputs; and what the mixing throws.
 */
export function mixedBatches<Batch extends MixableBatch, Source extends ImageBatches<Batch> & { readonly batchesPerEpoch: number }>(
  source: Source & ImageBatches<Batch>,
  mixing: Mixing,
  { seed = 0 }: MixedBatchesOptions = {},
): Omit<Source, 'batches'> & { batches(epoch: number, from?: number): AsyncIterable<Batch> } {
  return {
    ...source,
    async *batches(epoch: number, from = 0): AsyncGenerator<Batch> {
      let step = epoch * source.batchesPerEpoch + from;
      for await (const batch of source.batches(epoch, from)) {
        yield renewed(batch, () => {
          const { xs, ys } = batch;
          if (!(xs instanceof Tensor)) throw severalInputs();
          const { images, labels } = mixing.apply({ images: xs as Tensor4D, labels: ys }, { seed, step });
          return { xs: images, ys: labels } as Partial<Batch>;
        });
        step += 1;
      }
    },
  };
}

const severalInputs = (): DownhillError =>
  new DownhillError({
    code: 'invalid-argument',
    source: 'mixedBatches',
    problem: 'a batch has several inputs',
    advice: 'batches(data, options) of @downhill/training gives what fits.',
  });

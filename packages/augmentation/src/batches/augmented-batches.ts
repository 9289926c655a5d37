import { DownhillError } from '@downhill/core';
import { Tensor, type Tensor4D } from '@tensorflow/tfjs-core';
import type { Pipeline } from '../pipeline/pipeline.ts';
import { renewed } from './renewed.ts';

/** A batch whose images can be augmented: `Batch` of `@downhill/training` is one. */
export interface ImageBatch {
  /** [batch, height, width, channels] */
  readonly xs: Tensor | Tensor[];
  /** Each image's index in the data set. */
  readonly samples?: ArrayLike<number>;
}

/** Batches of an epoch, such as `batches(data, options)` of `@downhill/training` gives. */
export interface ImageBatches<Batch> {
  batches(epoch: number, from?: number): Iterable<Batch> | AsyncIterable<Batch>;
}

/**
 * The same batches with their images augmented, for the training loop: epoch and sample decide what is drawn, so that a run resumes with the
 * same images. Labels stay as they are.
 *
 * @example
 * const images = { *batches() { yield { xs: tf.zeros([2, 8, 8, 3]), samples: [4, 7] }; } };
 * const source = augmentedBatches(images, compose([flip()], { seed: 1 }));
 * typeof source.batches; // 'function'
 *
 * @throws DownhillError `invalid-argument`, when a batch is asked for, where one has several inputs or does not say which samples it holds.
 */
export function augmentedBatches<Batch extends ImageBatch, Source extends ImageBatches<Batch>>(
  source: Source & ImageBatches<Batch>,
  pipeline: Pipeline,
): Omit<Source, 'batches'> & { batches(epoch: number, from?: number): AsyncIterable<Batch> } {
  return {
    ...source,
    async *batches(epoch: number, from?: number): AsyncGenerator<Batch> {
      for await (const batch of source.batches(epoch, from)) {
        yield renewed(batch, () => {
          const { xs, samples } = batch;
          if (!(xs instanceof Tensor) || samples === undefined) throw unfit(samples === undefined);
          return { xs: pipeline.apply(xs as Tensor4D, { epoch, samples }) } as Partial<Batch>;
        });
      }
    },
  };
}

function unfit(isUnnumbered: boolean): DownhillError {
  return new DownhillError({
    code: 'invalid-argument',
    source: 'augmentedBatches',
    problem: isUnnumbered ? 'a batch does not say which `samples` it holds' : 'a batch has several inputs',
    advice: 'batches(data, options) of @downhill/training gives what fits.',
  });
}

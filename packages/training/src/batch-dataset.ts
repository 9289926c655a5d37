import type { Tensor } from '@tensorflow/tfjs-core';
import type { BatchSource } from './batches.ts';

/** A batch as `fitDataset` takes it. */
export interface DatasetBatch {
  readonly xs: Tensor | Tensor[];
  readonly ys: Tensor;
}

/** What `model.fitDataset` and `evaluateDataset` need of a `tf.data.Dataset`. */
export interface BatchDataset {
  readonly size: number;
  iterator(): Promise<{ next(): Promise<IteratorResult<DatasetBatch>> }>;
}

/**
 * Our batches for `model.fitDataset`: each epoch in the seeded order of that epoch.
 *
 * @param initialEpoch The one that `fitDataset` gets.
 */
export function batchDataset(source: BatchSource, { initialEpoch = 0 }: { readonly initialEpoch?: number } = {}): BatchDataset {
  let epoch = initialEpoch;
  return {
    size: source.batchesPerEpoch,
    async iterator() {
      let started: AsyncIterator<DatasetBatch> | Iterator<DatasetBatch> | undefined; // fitDataset makes one iterator that it never uses
      return {
        async next() {
          started ??= iteratorOf(source.batches(epoch++));
          return started.next();
        },
      };
    },
  };
}

const iteratorOf = <T>(items: Iterable<T> | AsyncIterable<T>): AsyncIterator<T> | Iterator<T> =>
  Symbol.asyncIterator in items ? items[Symbol.asyncIterator]() : items[Symbol.iterator]();

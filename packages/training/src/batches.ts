import { checkNumber, randomStream, streamKey } from '@downhill/core';
import { dispose, tensor, tensor1d, type Tensor, type Tensor1D } from '@tensorflow/tfjs-core';
import { examplesOf, valuesPerExample, type ArrayData, type Column } from './array-data.ts';

/** What one step learns from. Whoever takes a batch disposes of it. */
export interface Batch {
  readonly xs: Tensor | Tensor[];
  readonly ys: Tensor;
  /** How much each example counts in the loss. */
  readonly weights?: Tensor1D;
  /** Each example's index in the data set: what augmentation keys its draws by. */
  readonly samples?: Int32Array;
}

export function disposeBatch({ xs, ys, weights }: Batch): void {
  dispose([...(Array.isArray(xs) ? xs : [xs]), ys, ...(weights === undefined ? [] : [weights])]);
}

/** Batches of which any one can be made again: that is what exact resume needs. */
export interface BatchSource {
  readonly examples: number;
  readonly batchesPerEpoch: number;
  /** The batches of an epoch, from batch `from` on; the same ones at every call. */
  batches(epoch: number, from?: number): Iterable<Batch> | AsyncIterable<Batch>;
}

export interface BatchesOptions {
  /** Examples in a batch; an epoch's last batch has what is left. @defaultValue 32, as in Keras */
  readonly batchSize?: number;
  /** The seed of the shuffle, a new order each epoch; `false` leaves the examples as they lie. */
  readonly shuffle: number | false;
}

/**
 * Batches of a data set in memory. The order of an epoch depends on the seed and the epoch alone.
 *
 * @example
 * const source = batches({ xs: { values: pixels, shape: [28, 28, 1], scale: 1 / 255 }, ys: { values: labels, shape: [] } }, { batchSize: 64, shuffle: 7 });
 */
export function batches(data: ArrayData, { batchSize = 32, shuffle }: BatchesOptions): BatchSource {
  checkNumber('batches', { batchSize }, { min: 1, integer: true });
  if (shuffle !== false) checkNumber('batches', { shuffle }, { integer: true });
  const examples = examplesOf('batches', data);
  checkNumber('batches', { examples }, { min: 1 });
  const rowOf = (i: number): number => data.rows?.[i] ?? i;
  return {
    examples,
    batchesPerEpoch: Math.ceil(examples / batchSize),
    *batches(epoch, from = 0) {
      const order = shuffle === false ? undefined : randomStream(streamKey(shuffle, 'shuffle', epoch)).permutation(examples);
      for (let begin = from * batchSize; begin < examples; begin += batchSize) {
        const count = Math.min(batchSize, examples - begin);
        yield batchOf(
          data,
          Int32Array.from({ length: count }, (_, i) => rowOf(order?.[begin + i] ?? begin + i)),
        );
      }
    },
  };
}

function batchOf({ xs, ys, weights }: ArrayData, rows: Int32Array): Batch {
  const batch = { xs: gather(xs, rows), ys: gather(ys, rows), samples: rows };
  return weights === undefined ? batch : { ...batch, weights: tensor1d(Float32Array.from(rows, (row) => weights[row] ?? 0)) };
}

function gather(column: Column, rows: Int32Array): Tensor {
  const { values, shape, dtype = values instanceof Int32Array ? 'int32' : 'float32', scale = 1 } = column;
  const size = valuesPerExample(column);
  const gathered = new (dtype === 'int32' ? Int32Array : Float32Array)(rows.length * size);
  for (const [i, row] of rows.entries()) gathered.set(values.subarray(row * size, (row + 1) * size), i * size);
  if (scale !== 1) for (let i = 0; i < gathered.length; i++) gathered[i] = (gathered[i] ?? 0) * scale;
  return tensor(gathered, [rows.length, ...shape], dtype);
}

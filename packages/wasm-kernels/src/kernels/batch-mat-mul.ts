import { BatchMatMul, broadcast_util, util, type TensorInfo } from '@tensorflow/tfjs-core';
import { columnsAtATime, GEMM_SCRATCH_BYTES, packedBytes } from '../blocking.ts';
import { resultOf } from '../result.ts';
import type { Runtime } from '../runtime.ts';
import type { TrainingKernel } from '../training-kernel.ts';

export interface ProductAttributes {
  readonly transposeA: boolean;
  readonly transposeB: boolean;
}

/** A stack of matrices as it lies in memory; strides in bytes. */
interface Stack {
  readonly rows: number;
  readonly columns: number;
  readonly rowStride: number;
  readonly columnStride: number;
}

/**
 * The product of stacks of matrices. tfjs's own is slow where one is transposed and wrong where both are broadcast; else it takes
 * twice our time, since it packs the weights of each step anew. Few rows times weights that stay are left to it.
 */
export const batchMatMul: TrainingKernel<'a' | 'b', ProductAttributes> = {
  kernelName: BatchMatMul,
  takes: ({ inputs: { a, b }, attrs }) => isOurs(a, b, attrs),
  run: (runtime, { inputs: { a, b }, attrs }) => multiply(runtime, a, b, attrs),
};

/** Whether a product is wrong or slow in tfjs, and of a kind that we make. */
export const isOurs = (a: TensorInfo, b: TensorInfo, { transposeA, transposeB }: ProductAttributes): boolean =>
  (transposeA || transposeB || areBothBroadcast(a, b) || hasRows(a)) &&
  a.dtype === 'float32' &&
  b.dtype === 'float32' &&
  innerSize(a, transposeA) === innerSize(b, !transposeB);

/** The product of stacks of matrices. */
export function multiply(runtime: Runtime, a: TensorInfo, b: TensorInfo, { transposeA, transposeB }: ProductAttributes): TensorInfo {
  const { memory, native, scratch } = runtime;
  const left = stackOf(a, transposeA);
  const right = stackOf(b, transposeB);
  const [m, k, n] = [left.rows, left.columns, right.columns];
  const batch = broadcast_util.assertAndGetBroadcastShape(a.shape.slice(0, -2), b.shape.slice(0, -2));
  const [aAt, bAt] = [memory.address(a.dataId), memory.address(b.dataId)];
  const width = Math.min(columnsAtATime(k), Math.ceil(n / 8) * 8);
  return resultOf(runtime, [...batch, m, n], 'float32', (out) => {
    scratch.with([packedBytes(k, width), GEMM_SCRATCH_BYTES], ([packed, rest]) => {
      for (const [i, { fromA, fromB }] of pairs(batch, a.shape, b.shape).entries()) {
        const aMatrix = aAt + fromA * m * k * 4;
        const bMatrix = bAt + fromB * k * n * 4;
        const cMatrix = out + i * m * n * 4;
        for (let column = 0; column < n; column += width) {
          const columns = Math.min(width, n - column);
          native.packColumns(k, columns, bMatrix + column * right.columnStride, right.rowStride, right.columnStride, packed);
          native.gemm(m, columns, k, aMatrix, left.rowStride, left.columnStride, packed, cMatrix + column * 4, n * 4, 0, rest);
        }
      }
    });
  });
}

const hasRows = ({ shape }: TensorInfo): boolean => (shape.at(-2) ?? 1) >= 8;

/** Whether the shapes of the stacks differ, and neither is a single matrix. */
function areBothBroadcast({ shape: a }: TensorInfo, { shape: b }: TensorInfo): boolean {
  const [left, right] = [a.slice(0, -2), b.slice(0, -2)];
  return util.sizeFromShape(left) > 1 && util.sizeFromShape(right) > 1 && !util.arraysEqual(left, right);
}

const innerSize = ({ shape }: TensorInfo, first: boolean): number | undefined => shape.at(first ? -2 : -1);

function stackOf({ shape }: TensorInfo, transposed: boolean): Stack {
  const [rows = 1, columns = 1] = shape.slice(-2);
  return transposed
    ? { rows: columns, columns: rows, rowStride: 4, columnStride: columns * 4 }
    : { rows, columns, rowStride: columns * 4, columnStride: 4 };
}

/** For each matrix of the result, which one of either stack it is made of. */
function pairs(batch: readonly number[], a: readonly number[], b: readonly number[]): { fromA: number; fromB: number }[] {
  return Array.from({ length: util.sizeFromShape([...batch]) }, (_, i) => ({ fromA: source(i, batch, a), fromB: source(i, batch, b) }));
}

/** The index in a stack that is broadcast to `batch`. */
function source(index: number, batch: readonly number[], shape: readonly number[]): number {
  const own = shape.slice(0, -2);
  let from = 0;
  let stride = 1;
  for (let axis = 1; axis <= own.length; axis++) {
    const size = batch.at(-axis) ?? 1;
    const ownSize = own.at(-axis) ?? 1;
    if (ownSize > 1) from += (index % size) * stride;
    index = Math.floor(index / size);
    stride *= ownSize;
  }
  return from;
}

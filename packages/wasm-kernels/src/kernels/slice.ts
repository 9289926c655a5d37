import { backend_util, Slice, slice_util, SplitV, Unpack, util, type TensorInfo } from '@tensorflow/tfjs-core';
import { resultOf } from '../result.ts';
import type { Runtime } from '../runtime.ts';
import type { TrainingKernel } from '../training-kernel.ts';
import { bytesOf, hasPlainValues } from '../values.ts';

/** A part of a tensor. tfjs's own copies the whole tensor to JavaScript first: for each batch that is sliced, the data set. */
export const slice: TrainingKernel<'x', { readonly begin: number | number[]; readonly size: number | number[] }> = {
  kernelName: Slice,
  takes: ({ inputs: { x } }) => hasPlainValues(x),
  run(runtime, { inputs: { x }, attrs }) {
    const [begin = [], size = []] = slice_util.parseSliceParams(x, attrs.begin, attrs.size);
    slice_util.assertParamsValid(x, begin, size);
    return copyBox(runtime, x, begin, size);
  },
};

export const splitV: TrainingKernel<'x', { readonly numOrSizeSplits: number | number[]; readonly axis: number }> = {
  kernelName: SplitV,
  takes: ({ inputs: { x } }) => hasPlainValues(x),
  run(runtime, { inputs: { x }, attrs: { numOrSizeSplits, axis } }) {
    const [along = 0] = util.parseAxisParam(axis, x.shape);
    return splitAlong(runtime, x, along, backend_util.prepareSplitSize(x, numOrSizeSplits, along));
  },
};

/** `tf.unstack`. */
export const unpack: TrainingKernel<'value', { readonly axis: number }> = {
  kernelName: Unpack,
  takes: ({ inputs: { value } }) => hasPlainValues(value),
  run(runtime, { inputs: { value }, attrs: { axis } }) {
    const [along = 0] = util.parseAxisParam(axis, value.shape);
    const parts = splitAlong(
      runtime,
      value,
      along,
      Array.from({ length: value.shape[along] ?? 0 }, () => 1),
    );
    return parts.map((part) => ({ ...part, shape: value.shape.toSpliced(along, 1) }));
  },
};

function splitAlong(runtime: Runtime, x: TensorInfo, axis: number, lengths: readonly number[]): TensorInfo[] {
  let from = 0;
  return lengths.map((length) => {
    const begin = x.shape.map((_, i) => (i === axis ? from : 0));
    from += length;
    return copyBox(runtime, x, begin, x.shape.with(axis, length));
  });
}

/** The part of a tensor from `begin` on. What lies in rows at equal distances is copied by one call. */
function copyBox(runtime: Runtime, x: TensorInfo, begin: readonly number[], size: readonly number[]): TensorInfo {
  const { shape } = x;
  const stepOf = (axis: number): number => bytesOf(x, shape.slice(axis + 1));
  const isCut = (axis: number): boolean => size[axis] !== shape[axis];

  const rowAxis = Math.max(
    0,
    shape.findLastIndex((_, axis) => isCut(axis)),
  );
  const outerAxes = Math.max(
    0,
    shape.slice(0, rowAxis).findLastIndex((_, axis) => isCut(axis)),
  );
  const rowBytes = bytesOf(x, size.slice(rowAxis));
  const rows = util.sizeFromShape(size.slice(outerAxes, rowAxis));

  const from = runtime.memory.address(x.dataId) + begin.reduce((sum, index, axis) => sum + index * stepOf(axis), 0);
  return resultOf(runtime, size, x.dtype, (address) => {
    let to = address;
    for (const offset of offsetsOf(size.slice(0, outerAxes), stepOf)) {
      runtime.native.copyRows(from + offset, stepOf(rowAxis - 1), to, rowBytes, rowBytes, rows);
      to += rows * rowBytes;
    }
  });
}

/** Where each place of a box begins. */
const offsetsOf = (size: readonly number[], stepOf: (axis: number) => number): number[] =>
  size.reduce<number[]>(
    (offsets, length, axis) => offsets.flatMap((offset) => Array.from({ length }, (_, i) => offset + i * stepOf(axis))),
    [0],
  );

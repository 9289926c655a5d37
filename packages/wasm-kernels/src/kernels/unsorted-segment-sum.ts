import { UnsortedSegmentSum, util } from '@tensorflow/tfjs-core';
import type { TrainingKernel } from '../training-kernel.ts';

interface Attributes {
  readonly numSegments: number;
}

/** Sums rows by segment: the gradient of `gather`, so of embeddings; tfjs has none on wasm. */
export const unsortedSegmentSum: TrainingKernel<'x' | 'segmentIds', Attributes> = {
  kernelName: UnsortedSegmentSum,
  run({ memory, native }, { inputs: { x, segmentIds }, attrs: { numSegments } }) {
    const rest = x.shape.slice(segmentIds.shape.length);
    const rows = util.sizeFromShape(segmentIds.shape);
    const width = util.sizeFromShape(rest);
    const out = memory.uninitialized([numSegments, ...rest], x.dtype === 'float32' ? 'float32' : 'int32');
    const sum = x.dtype === 'float32' ? native.segmentSum : x.dtype === 'int32' ? native.segmentSumOfIntegers : native.segmentSumOfBooleans;
    sum(memory.address(x.dataId), memory.address(segmentIds.dataId), rows, width, numSegments, memory.address(out.dataId));
    return out;
  },
};

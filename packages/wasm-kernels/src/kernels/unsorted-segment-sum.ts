import { UnsortedSegmentSum, util } from '@tensorflow/tfjs-core';
import { resultOf } from '../result.ts';
import type { TrainingKernel } from '../training-kernel.ts';

interface Attributes {
  readonly numSegments: number;
}

/** Sums rows by segment: the gradient of `gather`, so of embeddings; tfjs has none on wasm. */
export const unsortedSegmentSum: TrainingKernel<'x' | 'segmentIds', Attributes> = {
  kernelName: UnsortedSegmentSum,
  run(runtime, { inputs: { x, segmentIds }, attrs: { numSegments } }) {
    const { memory, native } = runtime;
    const rest = x.shape.slice(segmentIds.shape.length);
    const rows = util.sizeFromShape(segmentIds.shape);
    const width = util.sizeFromShape(rest);
    const sum = x.dtype === 'float32' ? native.segmentSum : x.dtype === 'int32' ? native.segmentSumOfIntegers : native.segmentSumOfBooleans;
    return resultOf(runtime, [numSegments, ...rest], x.dtype === 'float32' ? 'float32' : 'int32', (out) => {
      sum(memory.address(x.dataId), memory.address(segmentIds.dataId), rows, width, numSegments, out);
    });
  },
};

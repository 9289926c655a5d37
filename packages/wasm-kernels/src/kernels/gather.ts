import { backend_util, GatherV2, util } from '@tensorflow/tfjs-core';
import { resultOf } from '../result.ts';
import type { TrainingKernel } from '../training-kernel.ts';
import { bytesOf, hasPlainValues } from '../values.ts';

interface Attributes {
  readonly axis: number;
  readonly batchDims: number;
}

/** Rows by their indices, so the forward pass of embeddings; tfjs's own works out the place of each single value. */
export const gather: TrainingKernel<'x' | 'indices', Attributes> = {
  kernelName: GatherV2,
  takes: ({ inputs: { x, indices } }) => hasPlainValues(x) && indices.dtype === 'int32',
  run(runtime, { inputs: { x, indices }, attrs: { axis, batchDims } }) {
    const { memory, native } = runtime;
    const [along = 0] = util.parseAxisParam(axis, x.shape);
    const { collectGatherOpShapeInfo } = backend_util.segment_util;
    const { batchSize, outerSize, dimSize, sliceSize, outputShape } = collectGatherOpShapeInfo(x, indices, along, batchDims);
    const total = util.sizeFromShape(indices.shape);
    const at = memory.address(indices.dataId);
    const outside = new Int32Array(memory.memory.buffer, at, total).find((index) => index < 0 || index >= dimSize);
    util.assert(outside === undefined, () => `GatherV2: the index value ${outside} is not in [0, ${dimSize - 1}]`);
    const from = memory.address(x.dataId);
    const rows = batchSize === 0 ? 0 : total / batchSize;
    const rowBytes = bytesOf(x, [sliceSize]);
    return resultOf(runtime, outputShape, x.dtype, (to) => {
      for (let outer = 0; outer < batchSize * outerSize; outer++) {
        const ofBatch = at + Math.floor(outer / outerSize) * rows * Int32Array.BYTES_PER_ELEMENT;
        native.gatherRows(from + outer * dimSize * rowBytes, ofBatch, rowBytes, rows, to + outer * rows * rowBytes);
      }
    });
  },
};
